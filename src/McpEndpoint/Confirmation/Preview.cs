namespace McpEndpoint.Confirmation;

/// <summary>What a two-phase tool says of what it would do.</summary>
public abstract record Preview
{
    private Preview()
    {
    }

    internal abstract T Match<T>(Func<Ready, T> ready, Func<Refused, T> refused);

    /// <summary>It can be done. Nothing has been changed yet.</summary>
    /// <param name="Summary">One sentence for the person who decides: exactly what will happen. At most 500 characters are shown, without control and invisible ones.</param>
    public sealed record Ready(string Summary) : Preview
    {
        internal override T Match<T>(Func<Ready, T> ready, Func<Refused, T> refused) => ready(this);
    }

    /// <summary>It cannot be done.</summary>
    /// <param name="Reason">Why not, and what to do; shown to the caller.</param>
    public sealed record Refused(string Reason) : Preview
    {
        internal override T Match<T>(Func<Ready, T> ready, Func<Refused, T> refused) => refused(this);
    }
}
