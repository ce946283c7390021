using System.Text.RegularExpressions;
using Mono.Cecil;
using UnitTests.Architecture.Namespaces;
using UnitTests.TestKit;

namespace UnitTests.Architecture;

/// <summary>What SQLite does in its own way is said in one folder, so that another provider is one more folder.</summary>
public sealed partial class ProviderNamesTests
{
    private const string NotYet = "tests/Unit/Architecture/sqlite-names.txt";
    private const string Advice = "nothing outside Database/Sqlite names SQLite: ask for it by the words of the seam";

    [Fact]
    public void Nothing_outside_its_folder_names_SQLite() =>
        Ratchet.Hold(NotYet, NamedInSources().Concat(NamedInCode()), Advice);

    [Theory]
    [InlineData("the Sqlite provider", true)]
    [InlineData("EF.Functions.Collate(name, \"NOCASE\")", true)]
    [InlineData("#pragma warning disable", false)]
    [InlineData("/// <summary>As SQLite does.</summary>", true)]
    [InlineData("SELECT 1 FROM sqlite_master", true)]
    public void A_name_is_found_in_code_and_in_comments(string line, bool found) => Name().IsMatch(line).ShouldBe(found);

    private static IEnumerable<string> NamedInSources() => Repository.Sources.Concat(Repository.Pages)
        .Where(source => !IsAtHome(source) && Name().IsMatch(Repository.Read(source)));

    /// <summary>Types whose signatures or code name a type of the provider, even where the source says no word of it.</summary>
    private static List<string> NamedInCode()
    {
        List<string> found = [];
        foreach (var (assembly, (part, root)) in Room.Parts)
        {
            using var module = ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"));
            found.AddRange(module.Types
                .Where(type => !IsAtHome($"src/{part}{type.FullName[Math.Min(root.Length, type.FullName.Length)..].Replace('.', '/')}.cs"))
                .Where(type => TypeReferences.Of(type).Any(named => Name().IsMatch(named.FullName) || Name().IsMatch(named.Scope.Name)))
                .Select(type => $"type {type.FullName}"));
        }

        return found;
    }

    /// <summary>The provider's folder, the composition, and migrations, which are scaffolded for a provider.</summary>
    private static bool IsAtHome(string source) => Home().IsMatch(source);

    [GeneratedRegex("(?i:sqlite)|NOCASE|PRAGMA")]
    private static partial Regex Name();

    [GeneratedRegex("^src/AuthCore/(Database/|AuthCoreServices[.])|/Migrations/")]
    private static partial Regex Home();
}
