using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AuthCore.Grants;
using AuthCore.Keys;
using AuthCore.ResourceServer;
using Microsoft.EntityFrameworkCore;
using UnitTests.AuthCore.TestKit;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.ResourceServer;

/// <summary>What an access token says, and everything that is not one.</summary>
public sealed class AccessTokenTests : IAsyncLifetime
{
    private const string Resource = "http://localhost/mcp";

    private AuthServer _server = null!;
    private ClaimsPrincipal _person = null!;
    private string _token = null!;

    public async Task InitializeAsync()
    {
        _server = await AuthServer.StartAsync();
        await _server.AddClientAsync();
        _person = await _server.AddPersonAsync("ana@example.org");
        _token = (await _server.ConnectAsync(_person)).Access;
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact, Spec("RFC 9068 §2.1"), Spec("RFC 9068 §2.2")]
    public async Task It_is_an_ES256_JWT_of_type_at_jwt_with_the_claims_of_the_profile()
    {
        var header = Part(0);
        header.EnumerateObject().Select(member => member.Name).Order().ShouldBe(["alg", "kid", "typ"]);
        header.GetProperty("alg").GetString().ShouldBe("ES256");
        header.GetProperty("typ").GetString().ShouldBe("at+jwt");
        header.GetProperty("kid").GetString().ShouldBe(_server.Get<KeyRing>().Signing.KeyId);

        var claims = Part(1);
        claims.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal)
            .ShouldBe(["aud", "auth_time", "client_id", "exp", "family", "iat", "iss", "jti", "scope", "sub"]);
        claims.GetProperty("iss").GetString().ShouldBe(AuthServer.Issuer);
        claims.GetProperty("aud").GetString().ShouldBe(Resource);
        claims.GetProperty("sub").GetString().ShouldBe(_person.UserId());
        claims.GetProperty("client_id").GetString().ShouldBe("client-1");
        claims.GetProperty("scope").GetString().ShouldBe("read:secret");
        claims.GetProperty("iat").GetInt64().ShouldBe(_server.Time.GetUtcNow().ToUnixTimeSeconds());
        claims.GetProperty("exp").GetInt64().ShouldBe(_server.Time.GetUtcNow().ToUnixTimeSeconds() + 300);
        await using var db = _server.Read();
        claims.GetProperty("family").GetString().ShouldBe(await db.Families().Select(family => family.FamilyId).SingleAsync());
    }

    [Fact, Spec("RFC 9068 §4")]
    public void What_it_says_is_what_the_resource_server_reads()
    {
        var grant = Validate(_token).ShouldBeOfType<AccessTokenValidation.Valid>().Grant;
        grant.UserId.ShouldBe(_person.UserId());
        grant.ClientId.ShouldBe("client-1");
        grant.Scopes.ToString().ShouldBe("read:secret");
        grant.Resource.ShouldBe(Resource);
        grant.TokenId.ShouldNotBeEmpty();
        Validate(_token).ShouldBe(new AccessTokenValidation.Valid(grant), "the second time it is remembered");
    }

    [Fact]
    public async Task No_two_tokens_have_the_same_identifier()
    {
        var other = (await _server.ConnectAsync(_person)).Access;
        JsonElement Claims(string token) => JsonDocument.Parse(Base64Url.DecodeFromChars(token.Split('.')[1])).RootElement;
        Claims(other).GetProperty("jti").GetString().ShouldNotBe(Claims(_token).GetProperty("jti").GetString());
    }

    [Fact, Spec("RFC 8725 §3.1"), Spec("RFC 8725 §3.2")]
    public void An_algorithm_that_is_not_ES256_is_refused()
    {
        var payload = _token.Split('.')[1];
        var none = Encode("""{"alg":"none","typ":"at+jwt"}""") + "." + payload + ".";
        Refused(none);
        Refused(none + _token.Split('.')[2]);
        Refused(Encode("""{"alg":"None","typ":"at+jwt"}""") + "." + payload + ".");

        // HMAC under the public key, which everybody has.
        var publicKey = JsonSerializer.SerializeToUtf8Bytes(new { _server.Get<KeyRing>().PublicKeys[0].X, _server.Get<KeyRing>().PublicKeys[0].Y });
        var signed = Encode($$"""{"alg":"HS256","kid":"{{_server.Get<KeyRing>().Signing.KeyId}}","typ":"at+jwt"}""") + "." + payload;
        Refused(signed + "." + Base64Url.EncodeToString(HMACSHA256.HashData(publicKey, Encoding.ASCII.GetBytes(signed))));

        // The right key with another algorithm's name.
        foreach (var algorithm in new[] { "ES384", "ES512", "RS256", "PS256", "EdDSA", "es256" })
        {
            Refused(Signed(header => header["alg"] = algorithm));
        }
    }

    [Theory, Spec("RFC 8725 §3.11"), InlineData("JWT"), InlineData("application/jwt"), InlineData("logout+jwt"), InlineData("")]
    public void Another_type_is_refused(string type) => Refused(Signed(header => header["typ"] = type));

    [Fact]
    public void A_token_without_a_type_is_refused() => Refused(Signed(header => header.Remove("typ")));

    [Theory, Spec("RFC 7515 §4.1.11")]
    [InlineData("crit", """["exp"]""")]
    [InlineData("jwk", "{}")]
    [InlineData("jku", "\"https://elsewhere.example/keys\"")]
    [InlineData("x5u", "\"https://elsewhere.example/keys\"")]
    [InlineData("x5c", "[]")]
    [InlineData("zip", "\"DEF\"")]
    [InlineData("b64", "false")]
    [InlineData("cty", "\"JWT\"")]
    public void A_header_member_that_is_not_written_here_is_refused(string name, string json) => Refused(Signed(header => header[name] = JsonNode.Parse(json)));

    [Fact]
    public void A_byte_that_is_no_text_is_refused_wherever_it_stands()
    {
        var parts = _token.Split('.');
        for (var part = 0; part < 2; part++)
        {
            var bytes = Base64Url.DecodeFromChars(parts[part]);
            for (var at = 0; at < bytes.Length; at++)
            {
                var (kept, bent) = (bytes[at], parts.ToArray());
                bytes[at] = 0xff;
                bent[part] = Base64Url.EncodeToString(bytes);
                Refused(string.Join('.', bent));
                bytes[at] = kept;
            }
        }
    }

    [Fact]
    public void A_repeated_header_member_is_refused()
    {
        var kid = _server.Get<KeyRing>().Signing.KeyId;
        Refused(SignedText($$"""{"alg":"ES256","alg":"ES256","kid":"{{kid}}","typ":"at+jwt"}""", Claims()));
        Refused(SignedText($$"""{"alg":"ES256","kid":"{{kid}}","typ":"JWT","typ":"at+jwt"}""", Claims()));
    }

    [Theory, Spec("RFC 9068 §4")]
    [InlineData("iss", "\"https://elsewhere.example\"")]
    [InlineData("iss", "\"http://localhost/\"")]
    [InlineData("aud", "\"https://elsewhere.example/mcp\"")]
    [InlineData("aud", "\"http://localhost\"")]
    [InlineData("aud", """["http://localhost/mcp","https://elsewhere.example/mcp"]""")]
    [InlineData("aud", "[]")]
    [InlineData("exp", "1")]
    [InlineData("exp", "1e99")]
    [InlineData("exp", "99999999999999999")]
    [InlineData("exp", "\"soon\"")]
    [InlineData("sub", "\"\"")]
    [InlineData("scope", "\"a\\\"b\"")]
    public void A_claim_that_is_not_ours_is_refused_although_our_key_signed_it(string name, string json) => Refused(SignedClaims(claims => claims[name] = JsonNode.Parse(json)));

    [Theory, Spec("RFC 9068 §2.2")]
    [InlineData("iss"), InlineData("aud"), InlineData("exp"), InlineData("sub"), InlineData("client_id"), InlineData("iat"), InlineData("jti"), InlineData("family"), InlineData("scope")]
    public void A_claim_that_is_missing_is_missed(string name) => Refused(SignedClaims(claims => claims.Remove(name)));

    [Fact]
    public void The_hand_made_token_of_these_tests_is_accepted_as_long_as_nothing_is_wrong_with_it() =>
        Validate(Signed(_ => { })).ShouldBeOfType<AccessTokenValidation.Valid>();

    [Fact, Spec("RFC 8707 §2")]
    public void A_token_for_one_resource_is_none_for_another() =>
        _server.Get<IAccessTokenValidator>().Validate(_token, "http://localhost/other").ShouldBeOfType<AccessTokenValidation.Invalid>();

    [Fact]
    public void A_key_that_is_not_ours_is_refused_even_under_the_name_of_ours()
    {
        using var foreign = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Refused(SignedText(Header().ToJsonString(), Claims(), foreign));
        var header = Header();
        header["kid"] = "unknown";
        Refused(SignedText(header.ToJsonString(), Claims()));
        header.Remove("kid");
        Refused(SignedText(header.ToJsonString(), Claims()));
    }

    [Fact]
    public void A_token_with_one_character_changed_anywhere_is_refused()
    {
        for (var at = 0; at < _token.Length; at++)
        {
            Refused($"{_token[..at]}{(_token[at] == 'A' ? 'B' : 'A')}{_token[(at + 1)..]}");
        }
    }

    [Fact, Spec("RFC 7515 §2")]
    public void A_token_has_one_spelling()
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var parts = _token.Split('.');
        foreach (var other in Alphabet.Where(other => other != _token[^1]))
        {
            Refused(_token[..^1] + other);
        }

        Refused(_token + "=");
        Refused(_token + "==");
        Refused(_token + " ");
        Refused(" " + _token);
        Refused($"{parts[0]}.{parts[1]}.{parts[2].Replace('-', '+').Replace('_', '/')}=");
        Refused($"{parts[0]}.{parts[1]}.{parts[2][..10]}\n{parts[2][10..]}");
    }

    [Fact, Spec("RFC 7516 §9")]
    public void What_is_not_three_parts_is_refused()
    {
        var parts = _token.Split('.');
        Refused("");
        Refused(".");
        Refused("..");
        Refused("....");
        Refused(parts[0]);
        Refused($"{parts[0]}.{parts[1]}");
        Refused($"{parts[0]}.{parts[1]}.");
        Refused(_token + ".");
        Refused($"{_token}.{parts[1]}.{parts[2]}");
        Refused(Encode("""{"alg":"dir","enc":"A128GCM"}""") + ".AAAA.AAAA.AAAA.AAAA");
    }

    [Fact]
    public void Sixty_four_kilobytes_are_refused_before_anything_looks_at_them()
    {
        Refused(new string('a', 64 * 1024));
        Refused(_token + new string('A', 64 * 1024));
        Refused(SignedClaims(claims => claims["more"] = new string('a', 64 * 1024)));
        Refused(new string('.', 64 * 1024));
    }

    [Fact]
    public void Nesting_and_nonsense_are_refused_and_never_thrown()
    {
        var deep = new string('[', 500) + new string(']', 500);
        Refused(SignedText($$"""{"alg":"ES256","kid":"x","typ":"at+jwt","deep":{{deep}}}""", Claims()));
        foreach (var header in new[] { "null", "[]", "1", "\"\"", "{", "{}", "\ufeff{}", "\0" })
        {
            Refused(Encode(header) + "." + _token.Split('.')[1] + "." + _token.Split('.')[2]);
            Refused(_token.Split('.')[0] + "." + Encode(header) + "." + _token.Split('.')[2]);
            Refused(SignedText(Header().ToJsonString(), header));
        }
    }

    [Fact, Spec("RFC 9068 §4")]
    public void It_expires_with_a_little_patience_for_clocks_that_differ()
    {
        _server.Time.Advance(TimeSpan.FromSeconds(304));
        _server.Accepts(_token).ShouldBeTrue();
        _server.Time.Advance(TimeSpan.FromSeconds(1));
        _server.Accepts(_token).ShouldBeFalse();
        Refused(_token);
    }

    [Fact]
    public void A_remembered_token_expires_like_any_other()
    {
        Validate(_token).ShouldBeOfType<AccessTokenValidation.Valid>();
        _server.Time.Advance(TimeSpan.FromSeconds(305));
        Refused(_token);
    }

    private AccessTokenValidation Validate(string token) => _server.Get<IAccessTokenValidator>().Validate(token, Resource);

    private void Refused(string token) => Validate(token).ShouldBeOfType<AccessTokenValidation.Invalid>(token.Length > 500 ? null : token);

    private JsonElement Part(int index) => JsonDocument.Parse(Base64Url.DecodeFromChars(_token.Split('.')[index])).RootElement;

    private JsonObject Header() => (JsonObject)JsonNode.Parse(Part(0).GetRawText())!;

    private string Claims() => Part(1).GetRawText();

    private string Signed(Action<JsonObject> change)
    {
        var header = Header();
        change(header);
        return SignedText(header.ToJsonString(), Claims());
    }

    private string SignedClaims(Action<JsonObject> change)
    {
        var claims = (JsonObject)JsonNode.Parse(Claims())!;
        change(claims);
        return SignedText(Header().ToJsonString(), claims.ToJsonString());
    }

    /// <summary>Signs whatever is given with the server's own key, as no one outside could.</summary>
    private string SignedText(string header, string claims, ECDsa? key = null)
    {
        var ours = _server.Get<KeyRing>().Signing.ECDsa;
        var signed = Encode(header) + "." + Encode(claims);
        return signed + "." + Base64Url.EncodeToString((key ?? ours).SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256));
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
