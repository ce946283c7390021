namespace AuthCore.Http;

/// <summary>Resource indicators (RFC 8707 §2) of this host.</summary>
internal static class ResourceIndicator
{
    /// <summary>
    /// Finds the canonical form of what a client wrote: scheme and host in any case, with or without a trailing slash, or just the origin, which real
    /// clients send when protected-resource metadata was found at the root. Null for everything that is not ours.
    /// </summary>
    public static string? Canonicalize(string presented, PublicOrigin origin)
    {
        if (!Uri.TryCreate(presented, UriKind.Absolute, out var uri)
            || uri.Fragment.Length > 0 || presented.Contains('#') || uri.UserInfo.Length > 0 || uri.Query.Length > 0
            || !uri.GetLeftPart(UriPartial.Authority).Equals(origin.Issuer, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var path = uri.AbsolutePath.TrimEnd('/');
        return path.Length == 0 ? origin.DefaultResource : origin.Resources.FirstOrDefault(resource => resource == origin.Issuer + path);
    }

    /// <summary>Whether the presented indicator means this resource.</summary>
    public static bool Is(string presented, string resource, PublicOrigin origin) => Canonicalize(presented, origin) == resource;
}
