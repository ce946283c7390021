using System.Text;

namespace Bench.Fuzz;

/// <summary>What people see: login, consent, account and console pages, with and without a session, and the forms on them.</summary>
internal sealed class PageGrammar(FuzzTarget target, Random random)
{
    private static readonly string[] Pages =
    [
        "/", "/account/login", "/account/logout", "/account/denied", "/account/connections", "/account/password", "/account/sessions", "/consent", "/setup", "/error", "/admin", "/admin/clients",
        "/admin/sessions", "/admin/families", "/admin/rate-limits", "/admin/users", "/admin/audit", "/admin/nothing", "/favicon.ico", "/_framework/blazor.web.js", "/_blazor/negotiate?negotiateVersion=1",
        "/_blazor?id=x", "/nothing", "/account/connections/x/revoke", "/device", "/confirm/x",
    ];

    private static readonly string[] Forms = ["/account/login", "/consent", "/setup", "/account/appearance", "/account/connections/x/revoke", "/account/switch", "/account/password"];

    public FuzzRequest Next() => random.Next(3) == 0 ? Post() : Get();

    private FuzzRequest Get()
    {
        var path = Pages[random.Next(Pages.Length)];
        var query = new Fields(random).With("ticket", Ticket()).With("page", "1").With("q", "x").With("sort", "name").Bent().Encoded();
        var full = random.Next(3) == 0 || path.Contains('?', StringComparison.Ordinal) ? path : path + "?" + query;
        return FuzzRequest.Of("pages", random.Next(20) == 0 ? "HEAD" : "GET", full, Headers(null, signedIn: random.Next(2) == 0), null);
    }

    private FuzzRequest Post()
    {
        // A password costs a hash: guesses are a matter of the sign-in tests, a few are enough here.
        var path = Forms[random.Next(random.Next(200) == 0 ? 0 : 1, Forms.Length)];
        var fields = new Fields(random).With("__RequestVerificationToken", random.Next(4) == 0 ? Values.Any(random) : target.FormToken).With("ticket", Ticket());
        fields = path switch
        {
            "/consent" => fields.With("decision", random.Next(2) == 0 ? "later" : "deny").With("scope", "write"),
            "/setup" => fields.With("code", "AAAA-BBBB-CCCC").With("email", "a@example.org").With("password", "short"),
            "/account/login" => fields.With("email", "nobody@example.org").With("password", "wrong wrong wrong"),
            "/account/password" => fields.With("newPassword", "short").With("repeated", "short"),
            "/account/switch" => fields.With("nothing", "x"),
            _ => fields.With("theme", "dark").With("returnUrl", "//evil.example"),
        };
        var signedIn = path != "/account/switch" && random.Next(4) != 0;
        var body = random.Next(25) == 0 ? Values.Bytes(random, 5000) : Encoding.UTF8.GetBytes(fields.Bent().Encoded());
        var type = random.Next(15) == 0 ? "multipart/form-data; boundary=" + new string('x', random.Next(100)) : "application/x-www-form-urlencoded";
        return FuzzRequest.Of("forms", "POST", path + (random.Next(2) == 0 ? "?ticket=" + Ticket() : ""), Headers(type, signedIn), body);
    }

    private string Ticket() => random.Next(3) == 0 ? Uri.EscapeDataString(Clean(Values.Bend(target.Ticket, random))) : target.Ticket;

    private IEnumerable<(string, string)> Headers(string? contentType, bool signedIn)
    {
        yield return ("Host", random.Next(30) == 0 ? Clean(Values.Any(random)) : new Uri(target.Address).Authority);
        yield return ("Accept", random.Next(4) == 0 ? "*/*" : "text/html");
        if (contentType is not null)
        {
            yield return ("Content-Type", contentType);
        }

        if (signedIn)
        {
            yield return ("Cookie", random.Next(12) == 0 ? Clean(Values.Bend(target.Cookies, random)) : target.Cookies);
        }

        if (random.Next(20) == 0)
        {
            yield return ("Origin", Clean(Values.Any(random)));
            yield return ("User-Agent", Clean(Values.Any(random)));
        }
    }

    private static string Clean(string value)
    {
        var line = value.Replace("\n", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal).Replace("\0", "", StringComparison.Ordinal).Replace("\ud800", "", StringComparison.Ordinal);
        return line.Length > 8000 ? line[..8000] : line;
    }
}
