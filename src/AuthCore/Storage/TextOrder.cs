namespace AuthCore.Storage;

/// <summary>How text sorts for people. The provider translates it; it has no meaning outside a query.</summary>
internal static class TextOrder
{
    /// <summary>Sorts without regard to the case of letters.</summary>
    /// <exception cref="InvalidOperationException">It was called outside a query.</exception>
    public static string IgnoringCase(string text) => throw new InvalidOperationException($"'{text.Length}' characters are sorted in a query only.");
}
