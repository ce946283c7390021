using System.Text;

namespace Bench.Fuzz;

/// <summary>The authorization server's endpoints: queries, forms, registrations, metadata.</summary>
internal sealed class OAuthGrammar(FuzzTarget target, Random random)
{
    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "get", "X-ODD"];

    private static readonly string[] Metadata =
    [
        "/.well-known/oauth-authorization-server", "/.well-known/openid-configuration", "/.well-known/jwks.json", "/.well-known/oauth-protected-resource",
        "/.well-known/oauth-protected-resource/mcp", "/auth/prm", "/jwks", "/.well-known/oauth-authorization-server/mcp", "/healthz/live", "/healthz/ready",
    ];

    public FuzzRequest Next() => random.Next(16) switch
    {
        < 5 => Form("/token", Grant()),
        < 7 => Authorize(),
        < 10 => Register(),
        10 => Form("/revoke", Client().With("token", Token()).With("token_type_hint", "refresh_token")),
        11 => Form("/introspect", Client().With("token", Token())),
        12 => Form("/par", Authorization()),
        13 => Form("/device_authorization", Client().With("scope", "account:read")),
        _ => Read(),
    };

    private FuzzRequest Form(string path, Fields fields)
    {
        var body = random.Next(25) == 0 ? Values.Bytes(random, 5000) : Encoding.UTF8.GetBytes(fields.Bent().Encoded());
        return FuzzRequest.Of(path, Method("POST"), path, Headers("application/x-www-form-urlencoded"), body);
    }

    private FuzzRequest Authorize()
    {
        var query = Authorization().Bent().Encoded();
        return random.Next(4) == 0
            ? FuzzRequest.Of("/authorize", "POST", "/authorize", Headers("application/x-www-form-urlencoded"), Encoding.UTF8.GetBytes(query))
            : FuzzRequest.Of("/authorize", Method("GET"), "/authorize?" + query, Headers(null), null);
    }

    private FuzzRequest Register()
    {
        var members = new List<string>
        {
            $"\"client_name\":{Json("Fuzz")}",
            $"\"redirect_uris\":{(random.Next(6) == 0 ? Values.AnyJson(random) : $"[{Json("http://127.0.0.1:1/callback")}]")}",
            $"\"token_endpoint_auth_method\":{Json("none")}",
            $"\"grant_types\":{(random.Next(6) == 0 ? Values.AnyJson(random) : "[\"authorization_code\",\"refresh_token\"]")}",
            $"\"scope\":{Json("account:read")}",
        };
        if (random.Next(3) == 0)
        {
            members.Insert(random.Next(members.Count), $"{Values.Quote(Values.Any(random))}:{Values.AnyJson(random)}");
        }

        var body = $"{{{string.Join(',', members)}}}";
        return FuzzRequest.Of("/register", Method("POST"), "/register", Headers("application/json"), Encoding.UTF8.GetBytes(random.Next(12) == 0 ? Values.Bend(body, random) : body));
    }

    private FuzzRequest Read()
    {
        var path = Metadata[random.Next(Metadata.Length)];
        path = random.Next(4) == 0 ? path + "?" + new Fields(random).With("a", "b").Bent().Encoded() : path;
        return FuzzRequest.Of("metadata, health", Method("GET"), path, Headers(null), null);
    }

    private Fields Grant() => random.Next(4) switch
    {
        0 => Client().With("grant_type", "authorization_code").With("code", Values.Any(random)).With("code_verifier", Verifier).With("redirect_uri", "http://127.0.0.1:1/callback"),
        1 => Client().With("grant_type", "client_credentials").With("client_secret", Values.Any(random)),
        _ => Client().With("grant_type", "refresh_token").With("refresh_token", NotQuite(target.RefreshToken)).With("scope", "account:read"),
    };

    private Fields Authorization() => Client().With("response_type", "code").With("redirect_uri", "http://127.0.0.1:7777/callback").With("scope", "account:read write")
        .With("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM").With("code_challenge_method", "S256").With("state", "s")
        .With("resource", target.Address + "/mcp").With("prompt", random.Next(5) == 0 ? "none" : "consent");

    private Fields Client() => new Fields(random).With("client_id", target.ClientId);

    /// <summary>Never the token itself: a second use would revoke the family, and end what the run does in its name.</summary>
    private string NotQuite(string token) => Values.Bend(token, random) is var bent && random.Next(3) == 0 && bent != token ? bent : "x" + token;

    private string Token() => random.Next(3) switch
    {
        0 => NotQuite(target.AccessToken),
        1 => "x" + target.RefreshToken,
        _ => Values.Any(random),
    };

    private string Json(string value) => random.Next(5) == 0 ? Values.AnyJson(random) : Values.Quote(value);

    private string Method(string usual) => random.Next(20) == 0 ? Methods[random.Next(Methods.Length)] : usual;

    private IEnumerable<(string, string)> Headers(string? contentType)
    {
        yield return ("Host", new Uri(target.Address).Authority);
        yield return ("Accept", random.Next(5) == 0 ? "text/html" : "*/*");
        if (contentType is not null && random.Next(40) != 0)
        {
            yield return ("Content-Type", random.Next(20) == 0 ? contentType + "; charset=" + HeaderValue() : contentType);
        }

        if (random.Next(10) == 0)
        {
            yield return ("Authorization", HeaderValue());
        }

        if (random.Next(20) == 0)
        {
            yield return ("User-Agent", HeaderValue());
        }

        if (random.Next(20) == 0)
        {
            yield return ("Origin", HeaderValue());
        }

        if (random.Next(20) == 0)
        {
            yield return ("X-Forwarded-For", HeaderValue());
        }
    }

    private string HeaderValue() => Values.Any(random).Replace("\n", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal) is var value && value.Length > 8000 ? value[..8000] : value;
}
