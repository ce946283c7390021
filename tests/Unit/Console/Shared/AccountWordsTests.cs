using AdminConsole.Shared;
using AuthCore.Users;

namespace UnitTests.Console.Shared;

/// <summary>A person reads a sentence, not a code.</summary>
public sealed class AccountWordsTests
{
    [Fact]
    public void Every_code_has_a_sentence_of_its_own()
    {
        var sentences = AccountWords.Of(Enum.GetValues<AccountProblemCode>().Select(code => new AccountProblem(code, AtLeast: 12, Rule: "NotInTheList")));
        sentences.ShouldBeUnique();
        sentences.ShouldAllBe(sentence => sentence.EndsWith('.'));
        sentences.ShouldNotContain(sentence => Enum.GetNames<AccountProblemCode>().Any(code => sentence.Contains(code, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_sentence_names_what_a_password_needs() =>
        AccountWords.Of(new AccountProblem(AccountProblemCode.PasswordTooShort, AtLeast: 12)).ShouldBe("Passwords must be at least 12 characters.");
}
