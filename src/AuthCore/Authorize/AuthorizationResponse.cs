using System.Text;
using AuthCore.Http;

namespace AuthCore.Authorize;

/// <summary>Answers at the client's redirect URI (RFC 6749 §4.1.2), each with <c>iss</c> (RFC 9207 §2).</summary>
internal sealed class AuthorizationResponse(PublicOrigin origin)
{
    public Uri WithCode(string redirectUri, string code, string? state) => At(redirectUri, ("code", code), ("state", state));

    public Uri WithError(string redirectUri, string error, string description, string? state) =>
        At(redirectUri, ("error", error), ("error_description", description), ("state", state));

    private Uri At(string redirectUri, params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var location = new StringBuilder(redirectUri);
        var separator = redirectUri.Contains('?') ? '&' : '?';
        foreach (var (name, value) in parameters)
        {
            Append(name, value);
        }

        Append("iss", origin.Issuer);

        // The registered URI goes out as the client wrote it; Uri only carries it.
        return new Uri(location.ToString(), new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

        void Append(string name, string? value)
        {
            if (value is not null)
            {
                location.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
                separator = '&';
            }
        }
    }
}
