using System.Reflection;
using AuthCore.Storage.Facts;
using UnitTests.TestKit;

namespace UnitTests.Architecture;

/// <summary>Facts are stored for ever, by name, and are shown to viewers.</summary>
public sealed class FactTests
{
    private static readonly string[] SoundsSecret = ["secret", "password", "token", "cookie", "credential", "verifier", "apikey", "privatekey", "codehash", "ticket"];

    /// <summary>Sound like a secret and are none.</summary>
    private static readonly string[] Known = [];

    [Fact]
    public void A_fact_is_sealed_or_abstract() => MadeFacts.Types.Where(type => !type.IsSealed && !type.IsAbstract).ShouldBeEmpty();

    [Fact]
    public void A_fact_has_a_name_of_noun_and_verb_that_no_other_has()
    {
        MadeFacts.Kinds.Where(kind => kind.GetCustomAttribute<FactNameAttribute>() is null).ShouldBeEmpty();
        var names = MadeFacts.Kinds.Select(FactNameAttribute.Of).ToArray();
        names.ShouldAllBe(name => System.Text.RegularExpressions.Regex.IsMatch(name, "^[a-z_]+\\.[a-z_]+$"));
        names.ShouldBeUnique();
    }

    [Fact]
    public void No_member_of_a_fact_sounds_like_a_secret() => MadeFacts.Types
        .SelectMany(type => type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Select(member => (Fact: type.Name, Member: member.Name)))
        .Where(said => SoundsSecret.Any(word => said.Member.Contains(word, StringComparison.OrdinalIgnoreCase)) || said.Member is "Code" or "Key")
        .Where(said => !Known.Contains($"{said.Fact}.{said.Member}"))
        .ShouldBeEmpty("a fact holds identifiers, codes of reasons and numbers: take the member out, or say in Known why it is no secret");
}
