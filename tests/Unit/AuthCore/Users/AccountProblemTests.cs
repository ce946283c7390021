using System.Reflection;
using AuthCore.Users;
using Microsoft.AspNetCore.Identity;

namespace UnitTests.AuthCore.Users;

/// <summary>What Identity has against an account leaves AuthCore as a code.</summary>
public sealed class AccountProblemTests
{
    private static readonly PasswordOptions Rules = new() { RequiredLength = 12, RequiredUniqueChars = 5 };

    /// <summary>Those that Identity's own validators of addresses and passwords give.</summary>
    public static TheoryData<string> Known => [.. typeof(IdentityErrorDescriber).GetMethods(BindingFlags.Instance | BindingFlags.Public)
        .Where(method => method.ReturnType == typeof(IdentityError) && (method.Name.StartsWith("Password", StringComparison.Ordinal)
            || method.Name.EndsWith("Email", StringComparison.Ordinal) || method.Name.EndsWith("UserName", StringComparison.Ordinal)))
        .Where(method => method.Name != nameof(IdentityErrorDescriber.PasswordMismatch))
        .Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(Known))]
    public void Each_rule_of_identity_has_a_code_of_its_own(string code) =>
        AccountProblem.Of(new IdentityError { Code = code }, Rules).Code.ShouldNotBe(AccountProblemCode.OtherRule);

    [Fact]
    public void Lengths_go_with_their_codes()
    {
        AccountProblem.Of(new IdentityErrorDescriber().PasswordTooShort(12), Rules).ShouldBe(new AccountProblem(AccountProblemCode.PasswordTooShort, AtLeast: 12));
        AccountProblem.Of(new IdentityErrorDescriber().PasswordRequiresUniqueChars(5), Rules).ShouldBe(new AccountProblem(AccountProblemCode.PasswordTooUniform, AtLeast: 5));
    }

    [Fact]
    public void A_rule_that_the_host_added_is_named_by_its_own_code() =>
        AccountProblem.Of(new IdentityError { Code = "NotInTheList", Description = "No." }, Rules)
            .ShouldBe(new AccountProblem(AccountProblemCode.OtherRule, Rule: "NotInTheList"));
}
