namespace AuthCore.Protocol;

/// <summary>Questions about a URI as it is written, asked before anything parses and thereby normalises it.</summary>
internal static class UriText
{
    private const string Reserved = ":/?#[]@!$&'()*+,;=";
    private const string UnreservedMarks = "-._~";

    /// <summary>Whether it has only the characters of RFC 3986 §2, whole percent escapes, and no escaped control character.</summary>
    public static bool IsWellFormed(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (c == '%')
            {
                if (i + 2 >= value.Length || !char.IsAsciiHexDigit(value[i + 1]) || !char.IsAsciiHexDigit(value[i + 2])
                    || value[i + 1] is '0' or '1' || value.AsSpan(i + 1, 2).Equals("7F", StringComparison.OrdinalIgnoreCase))
                {
                    return false;
                }

                i += 2;
            }
            else if (!char.IsAsciiLetterOrDigit(c) && !Reserved.Contains(c, StringComparison.Ordinal) && !UnreservedMarks.Contains(c, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the path has a <c>.</c> or <c>..</c> segment, escaped or not.</summary>
    public static bool HasDotSegment(string pathAndQuery)
    {
        var query = pathAndQuery.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? pathAndQuery : pathAndQuery[..query];
        return path.Replace("%2e", ".", StringComparison.OrdinalIgnoreCase).Split('/').Any(segment => segment is "." or "..");
    }

    /// <summary>Whether it is a link that may be shown: absolute, http or https, with a host and without user information.</summary>
    public static bool IsWebUrl(string value) =>
        value.Length <= 2048 && IsWellFormed(value)
        && Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.Host.Length > 0 && uri.UserInfo.Length == 0;
}
