using AdminConsole.Hosting;
using System.Reflection;
using AdminConsole;
using AuthCore;
using McpEndpoint;
using UnitTests.TestKit;

namespace UnitTests.Architecture;

/// <summary>C# does not know that a record is closed. So each closed record has a Match, and the compiler asks for every case there.</summary>
public sealed class ClosedOutcomeTests
{
    private static readonly Assembly[] Parts = [typeof(McpEndpointServices).Assembly, typeof(AuthCoreServices).Assembly, typeof(ConsoleHost).Assembly];

    private static IEnumerable<Type> Closed => Parts.SelectMany(part => part.GetTypes())
        .Where(type => type.IsAbstract && type.GetMethod("<Clone>$") is not null && CasesOf(type).Any());

    [Fact]
    public void There_are_closed_records_in_both_libraries() =>
        Closed.Select(type => type.Assembly).Distinct().ShouldBe([typeof(McpEndpointServices).Assembly, typeof(AuthCoreServices).Assembly], ignoreOrder: true);

    [Fact]
    public void A_closed_record_has_a_Match_with_one_function_for_each_case() => Ratchet.Hold(
        "tests/Unit/Architecture/outcomes-without-match.txt",
        Closed.Where(type => !MatchedBy(type).Order().SequenceEqual(CasesOf(type).Select(kind => kind.Name).Order())).Select(type => type.FullName!),
        "a closed record needs a Match that takes one function for each case (CONTRIBUTING, rule 4)");

    [Fact]
    public void A_case_is_sealed_and_stands_inside_its_record() => Closed
        .SelectMany(type => type.Assembly.GetTypes().Where(kind => kind.BaseType == type))
        .Where(kind => !kind.IsSealed || kind.DeclaringType != kind.BaseType)
        .ShouldBeEmpty();

    [Fact]
    public void No_default_arm_stands_for_a_case_that_cannot_be() => Ratchet.Hold(
        "tests/Unit/Architecture/outcomes-with-default-arms.txt",
        Repository.Sources.Concat(Repository.Pages).Where(source => Repository.Read(source).Contains("UnreachableException", StringComparison.Ordinal)),
        "handle the record by its Match, so that a new case does not compile until it is handled (CONTRIBUTING, rule 4)");

    private static IEnumerable<Type> CasesOf(Type type) => type.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic).Where(kind => kind.BaseType == type);

    private static IEnumerable<string> MatchedBy(Type type) =>
        type.GetMethod("Match", BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)?.GetParameters()
            .Select(parameter => parameter.ParameterType.GetGenericArguments()[0].Name) ?? [];
}
