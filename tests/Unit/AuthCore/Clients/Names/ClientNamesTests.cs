using System.Globalization;
using System.Text;
using AuthCore.Clients;
using AuthCore.Clients.Names;
using AuthCore.Hosting;
using AuthCore.Http;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Options;

namespace UnitTests.AuthCore.Clients.Names;

public sealed class ClientNamesTests
{
    private static readonly ClientNames Names = On("https://tools.example.org");

    [Theory]
    [InlineData("cla\u1D1Cde", "Claude")]
    [InlineData("C1aude", "Claude")]
    [InlineData("CIaude", "Claude")]
    [InlineData("C|aude", "Claude")]
    [InlineData("Cl\u0430ude", "Claude")]
    [InlineData("\u0421l\u0430ud\u0435 Code", "Claude")]
    [InlineData("\uFF23\uFF4C\uFF41\uFF55\uFF44\uFF45", "Claude")]
    [InlineData("\U0001D4D2\U0001D4F5\U0001D4EA\U0001D4FE\U0001D4ED\U0001D4EE", "Claude")]
    [InlineData("\u24B8laude (official)", "Claude")]
    [InlineData("C.l.4.u.d.e", "Claude")]
    [InlineData("Cl\u00E0ude", "Claude")]
    [InlineData("Claucle Code", "Claude")]
    [InlineData("0penAI", "OpenAI")]
    [InlineData("OpenAl", "OpenAI")]
    [InlineData("rnicrosoft account", "Microsoft")]
    [InlineData("G\u03BF\u03BFgle", "Google")]
    [InlineData("VVindsurf", "Windsurf")]
    [InlineData("\u13DF\u13DE\u13AA\u13CC\u13A0\u13AC", "Claude")]
    [InlineData("McpAuthC0nsole", "McpAuthConsole")]
    [InlineData("M\u0441pAuthConsole security check", "McpAuthConsole")]
    public void A_name_that_is_written_to_look_like_a_known_one_is_told_so(string name, string known)
    {
        var found = Of(name);
        found.Warnings.HasFlag(NameWarnings.LooksLikeKnown).ShouldBeTrue(found.ToString());
        found.Resembles.ShouldBe(known);
    }

    [Theory]
    [InlineData("Claude Code", "Claude")]
    [InlineData("Claude (official)", "Claude")]
    [InlineData("CLAUDE", "Claude")]
    [InlineData("c l a u d e", "Claude")]
    [InlineData("my-claude-desktop", "Claude")]
    [InlineData("MyClaude", "Claude")]
    [InlineData("Visual Studio Code", "Visual Studio")]
    [InlineData("vscode", "VS Code")]
    [InlineData("GITHUB COPILOT", "GitHub")]
    [InlineData("MCP Inspector", "MCP Inspector")]
    [InlineData("Codex", "Codex")]
    public void A_name_that_an_honest_client_has_as_well_is_only_said_to_be_claimed(string name, string known) =>
        Of(name).ShouldBe(new ClientName(name, NameWarnings.SaysItIsKnown, known));

    [Theory]
    [InlineData("McpAuthConsole security check", "McpAuthConsole")]
    [InlineData("mcp auth console", "McpAuthConsole")]
    [InlineData("MCP-AUTH-CONSOLE", "McpAuthConsole")]
    [InlineData("tools.example.org sign-in", "tools.example.org")]
    [InlineData("House tools helper", "House Tools")]
    [InlineData("Claude for McpAuthConsole", "McpAuthConsole")]
    public void No_client_has_the_name_of_this_server(string name, string known) =>
        Of(name).ShouldBe(new ClientName(name, NameWarnings.SaysItIsThisServer, known));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\u3164\u3164")]
    [InlineData("\u115F\u1160")]
    [InlineData("\u2800")]
    [InlineData("\uFFA0 \u00AD\u200B")]
    [InlineData("\u0301\u0301\u0301")]
    [InlineData("\U000E0041\U000E0042\uFE0F")]
    [InlineData("\U0001D159")]
    [InlineData("...")]
    [InlineData("“ ”")]
    public void A_name_in_which_nothing_can_be_read_is_none(string name)
    {
        var found = Of(name);
        found.Text.ShouldBe("Unnamed client");
        found.Warnings.HasFlag(NameWarnings.Unnamed).ShouldBeTrue();
    }

    [Theory]
    [InlineData("Weather \u202Egnp.exe", "Weather gnp.exe")]
    [InlineData("Wea\u200Bther", "Weather")]
    [InlineData("Wea\u3164ther", "Weather")]
    [InlineData("Wea\u200Dther", "Weather")]
    [InlineData("W\u0301\u0301\u0301\u0301eather", "W\u0301\u0301eather")]
    public void What_hides_in_a_name_is_taken_out_and_told(string name, string left) => Of(name).ShouldBe(new ClientName(left, NameWarnings.HidesCharacters));

    [Fact]
    public void What_was_taken_out_before_the_name_was_stored_is_told_all_the_same() =>
        Names.Of("Weather", ClientOrigin.Dynamic, hid: true).Warnings.ShouldBe(NameWarnings.HidesCharacters);

    [Fact]
    public void A_hundred_combining_marks_come_down_to_two()
    {
        var found = Of("Weather" + new string('\u0335', 100));
        found.Text.ShouldBe("Weather\u0335\u0335");
        found.Warnings.ShouldBe(NameWarnings.HidesCharacters);
    }

    [Theory]
    [InlineData("W\u0435ather", NameWarnings.MixesScripts)]
    [InlineData("Ελλάδα Travel", NameWarnings.MixesScripts)]
    [InlineData("Погода", NameWarnings.None)]
    [InlineData("天気 Weather", NameWarnings.None)]
    [InlineData("날씨 MCP", NameWarnings.None)]
    public void Scripts_that_look_alike_are_not_mixed(string name, NameWarnings warnings) => Of(name).Warnings.ShouldBe(warnings);

    [Theory]
    [InlineData("Quarterly report bot")]
    [InlineData("Encode XML")]
    [InlineData("Barcode exporter")]
    [InlineData("mcporter (host)")]
    [InlineData("MCP CLI Client")]
    [InlineData("Zürich Fahrplan")]
    [InlineData("Müller & Söhne")]
    [InlineData("Tiếng Việt")]
    [InlineData("हिन्दी")]
    [InlineData("می\u200Cخواهم")]
    [InlineData("👩\u200D💻 Dev ❤\uFE0F")]
    [InlineData("2048")]
    [InlineData("C++ 17")]
    public void Nothing_speaks_against_an_ordinary_name(string name) => Of(name).Warnings.ShouldBe(NameWarnings.None);

    [Fact]
    public void A_very_short_known_name_counts_only_as_the_whole()
    {
        var names = On("http://localhost", options => options.KnownNames.Add("Zed"));
        names.Of("zed", ClientOrigin.Dynamic).Resembles.ShouldBe("Zed");
        names.Of("Organized", ClientOrigin.Dynamic).Warnings.ShouldBe(NameWarnings.None);
        names.Of("Puzzled", ClientOrigin.Dynamic).Warnings.ShouldBe(NameWarnings.None);
    }

    [Fact]
    public void What_is_cut_off_for_the_page_is_checked_with_the_rest() =>
        Of(new string('a', 80) + " Claude").Warnings.ShouldBe(NameWarnings.SaysItIsKnown);

    [Fact]
    public void Nothing_speaks_against_a_client_that_an_administrator_added() =>
        Names.Of("cla\u1D1Cde", ClientOrigin.Preregistered).ShouldBe(new ClientName("cla\u1D1Cde"));

    [Fact]
    public void A_name_is_short_readable_and_the_same_when_read_again() => Prop.ForAll(Texts, name =>
    {
        var found = Of(name);
        found.Text.Length.ShouldBeInRange(1, 64);
        found.Text.EnumerateRunes().ShouldAllBe(rune => Rune.GetUnicodeCategory(rune) != UnicodeCategory.Control && Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format);
        Of(found.Text).Text.ShouldBe(found.Text);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void However_the_letters_are_disguised_the_name_is_known()
    {
        string[] letters = ["C\u0421\u1D04\uFF23", "l1I|\u04CF\uFF4C", "a4@\u0430\u03B1\u1D00", "u\u1D1C\u03C5\uFF55", "d\u0501\u1D05\uFF44", "e3\u0435\u1D07\uFF45"];
        var name = Gen.CollectToArray(letters.Select(look => Gen.Elements(look.ToCharArray()))).Select(chosen => new string(chosen));
        Prop.ForAll(name.ToArbitrary(), disguised => Of(disguised).Resembles.ShouldBe("Claude")).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    private static Arbitrary<string> Texts => Gen.OneOf(
            ArbMap.Default.GeneratorFor<string?>().Select(text => text ?? ""),
            Gen.Elements('a', ' ', '\u0301', '\u20E3', '\u3164', '\u200D', '\u202E', '\uD83D', '\uDE00', '\u2800', '\uFE0F', '\u00DF', '\t', 'Ω', '中').ArrayOf().Select(chars => new string(chars)))
        .ToArbitrary();

    private static ClientName Of(string name) => Names.Of(name, ClientOrigin.Dynamic);

    private static ClientNames On(string publicUrl, Action<RegistrationOptions>? change = null)
    {
        var options = new RegistrationOptions();
        options.OwnNames.Add("House Tools");
        change?.Invoke(options);
        return new ClientNames(Options.Create(options), new PublicOrigin(Options.Create(new AuthCoreOptions { PublicUrl = publicUrl }), null!));
    }
}
