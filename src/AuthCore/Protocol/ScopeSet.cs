using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace AuthCore.Protocol;

/// <summary>
/// A set of scope tokens (RFC 6749 §3.3): case-sensitive, unordered, no duplicates. Printed in ordinal order, so that equal sets print alike.
/// </summary>
public sealed class ScopeSet : IReadOnlyCollection<string>, IEquatable<ScopeSet>
{
    /// <summary>The longest scope parameter that is looked at, in characters.</summary>
    internal const int MaxLength = 2048;

    private readonly string[] _tokens;

    private ScopeSet(IEnumerable<string> tokens)
        : this([.. tokens])
    {
    }

    /// <param name="tokens">In any order, and kept.</param>
    private ScopeSet(string[] tokens) => _tokens = IsAscending(tokens) ? tokens : [.. tokens.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The set without a scope.</summary>
    public static ScopeSet Empty { get; } = new([]);

    /// <inheritdoc />
    public int Count => _tokens.Length;

    /// <summary>Makes a set of tokens that are known to be well formed.</summary>
    /// <exception cref="ArgumentException">A token has a character that RFC 6749 §3.3 does not allow.</exception>
    public static ScopeSet Of(params IEnumerable<string> tokens) => Checked(new ScopeSet(tokens));

    /// <summary>Reads a space-delimited scope parameter.</summary>
    /// <returns>False when it is longer than <see cref="MaxLength"/> or has a character outside <c>%x21 / %x23-5B / %x5D-7E</c>.</returns>
    internal static bool TryParse(string? value, [NotNullWhen(true)] out ScopeSet? scopes)
    {
        scopes = null;
        if (string.IsNullOrEmpty(value))
        {
            scopes = Empty;
            return true;
        }

        if (value.Length > MaxLength)
        {
            return false;
        }

        var tokens = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (!Array.TrueForAll(tokens, IsToken))
        {
            return false;
        }

        scopes = new ScopeSet(tokens);
        return true;
    }

    /// <summary>Reads back what <see cref="ToString"/> wrote to storage or into a sealed ticket.</summary>
    /// <exception cref="ArgumentException">It was altered: a token is not well formed.</exception>
    internal static ScopeSet FromStorage(string scopes) => Checked(new ScopeSet(scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    /// <summary>Whether the set holds this scope.</summary>
    public bool Contains(string scope) => Array.BinarySearch(_tokens, scope, StringComparer.Ordinal) >= 0;

    /// <summary>Whether every scope of this set is in the other.</summary>
    public bool IsSubsetOf(ScopeSet other) => Array.TrueForAll(_tokens, other.Contains);

    /// <summary>The scopes that are in both.</summary>
    internal ScopeSet Intersect(ScopeSet other) => new(_tokens.Where(other.Contains));

    /// <summary>The scopes that are in either.</summary>
    public ScopeSet Union(ScopeSet other) => new(_tokens.Concat(other._tokens));

    /// <summary>The scopes of this set that are not in the other.</summary>
    public ScopeSet Except(ScopeSet other) => new(_tokens.Where(scope => !other.Contains(scope)));

    /// <inheritdoc />
    public IEnumerator<string> GetEnumerator() => _tokens.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc />
    public bool Equals(ScopeSet? other) => other is not null && _tokens.AsSpan().SequenceEqual(other._tokens);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as ScopeSet);

    /// <inheritdoc />
    public override int GetHashCode() => _tokens.Aggregate(0, (hash, scope) => HashCode.Combine(hash, string.GetHashCode(scope, StringComparison.Ordinal)));

    /// <summary>The space-delimited wire form.</summary>
    public override string ToString() => string.Join(' ', _tokens);

    private static ScopeSet Checked(ScopeSet set) => Array.TrueForAll(set._tokens, IsToken) ? set : throw new ArgumentException($"Not a scope token in: {set}", nameof(set));

    private static bool IsAscending(string[] tokens)
    {
        for (var i = 1; i < tokens.Length; i++)
        {
            if (string.CompareOrdinal(tokens[i - 1], tokens[i]) >= 0)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsToken(string token) =>
        token.Length > 0 && token.All(c => c is '\x21' or (>= '\x23' and <= '\x5B') or (>= '\x5D' and <= '\x7E'));
}
