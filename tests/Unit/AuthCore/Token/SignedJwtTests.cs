using System.Security.Cryptography;
using AuthCore.Token;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.Token;

/// <summary>What is written here, a library that others wrote must read.</summary>
public sealed class SignedJwtTests
{
    private static readonly ECDsaSecurityKey Key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "a \"key\"" };

    [Fact, Spec("RFC 7515 §3.1")]
    public void Whatever_a_claim_says_the_library_finds_the_signature_good_and_reads_the_same() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text => ReadsAsync(WellFormed(text.Get)).InTime()).Check(samples: 200, size: 60);

    [Fact]
    public async Task Many_threads_may_sign_with_one_key()
    {
        var read = await Task.WhenAll(Enumerable.Range(0, 64).Select(index => Task.Run(() => ReadsAsync($"claim {index}"))));
        read.ShouldAllBe(good => good);
    }

    private static async Task<bool> ReadsAsync(string value)
    {
        var jwt = SignedJwt.Write(Key, "at+jwt", claims =>
        {
            claims.WriteString("text"u8, value);
            claims.WriteNumber("number"u8, 42L);
        });
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(jwt, new TokenValidationParameters
        {
            ValidAlgorithms = ["ES256"],
            ValidTypes = ["at+jwt"],
            IssuerSigningKey = Key,
            ValidateIssuer = false,
            ValidateAudience = false,
            RequireExpirationTime = false,
            ValidateLifetime = false,
        });
        return result is { IsValid: true, SecurityToken: JsonWebToken { Kid: "a \"key\"" } token }
            && token.GetPayloadValue<string>("text") == value && token.GetPayloadValue<long>("number") == 42;
    }

    /// <summary>JSON has no half of a surrogate pair.</summary>
    private static string WellFormed(string text) => string.Concat(text.EnumerateRunes().Select(rune => rune.ToString()));
}
