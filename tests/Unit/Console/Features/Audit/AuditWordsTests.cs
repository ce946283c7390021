using AdminConsole.Features.Audit;
using FsCheck.Fluent;
using UnitTests.TestKit;

namespace UnitTests.Console.Features.Audit;

public sealed class AuditWordsTests
{
    public static TheoryData<Type> KeptKinds => [.. MadeFacts.KeptKinds];

    [Theory]
    [MemberData(nameof(KeptKinds))]
    public void Every_kept_fact_has_words(Type kind)
    {
        foreach (var fact in MadeFacts.Of(kind).Sample(20))
        {
            AuditWords.Of(fact).ShouldNotBeNull($"{kind} is shown in the audit trail: give it words in AuditWords");
        }
    }
}
