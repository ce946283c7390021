using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using AuthCore.Http;
using AuthCore.Users;
using AuthCore.Users.Passwords;
using Microsoft.AspNetCore.DataProtection;

namespace AdminConsole.Security;

/// <summary>
/// What a browser keeps of an earlier sign-in, so that wrong passwords of others do not hold its person out. It proves no password and begins no session.
/// </summary>
internal sealed class DeviceCookie(IDataProtectionProvider protection, PublicOrigin origin, TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    private readonly IDataProtector protector = protection.CreateProtector("AdminConsole.KnownDevice.v1");

    /// <summary>Null when there is none, or it was altered, made elsewhere, or is too old.</summary>
    public KnownDevice? Read(HttpContext http)
    {
        if (Cookie().Name is not { } name || http.Request.Cookies[name] is not { Length: > 0 } cookie)
            return null;
        try
        {
            var kept = JsonSerializer.Deserialize<Kept>(protector.Unprotect(Base64Url.DecodeFromChars(cookie)));
            return kept?.IssuedAt + Lifetime > clock.GetUtcNow() ? kept!.Device : null;
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }

    /// <summary>A new identifier at every sign-in: a copy of the cookie before has an allowance of its own.</summary>
    public void Write(HttpContext http, AuthUser user)
    {
        if (user.SecurityStamp is not { } stamp)
            return;
        var device = new KnownDevice(Convert.ToHexString(RandomNumberGenerator.GetBytes(16)), user.Id, stamp);
        var cookie = Cookie();
        var kept = protector.Protect(JsonSerializer.SerializeToUtf8Bytes(new Kept(device, clock.GetUtcNow())));
        http.Response.Cookies.Append(cookie.Name!, Base64Url.EncodeToString(kept), cookie.Build(http, clock.GetUtcNow()));
    }

    // Strict: only the forms of this host need it.
    private CookieBuilder Cookie()
    {
        var cookie = new CookieBuilder { MaxAge = Lifetime };
        SessionCookie.Harden(cookie, "device", origin);
        cookie.SameSite = SameSiteMode.Strict;
        return cookie;
    }

    private sealed record Kept(KnownDevice Device, DateTimeOffset IssuedAt);
}
