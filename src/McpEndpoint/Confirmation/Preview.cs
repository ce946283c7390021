namespace McpEndpoint.Confirmation;

/// <summary>What preparing a two-phase tool came to.</summary>
public abstract record Preview
{
    private Preview()
    {
    }

    /// <summary>It can be done. Nothing has been changed yet.</summary>
    /// <param name="Summary">One sentence for the person who decides: exactly what will happen. At most 500 characters are shown, without control and invisible ones.</param>
    public sealed record Ready(string Summary) : Preview;

    /// <summary>It cannot be done.</summary>
    /// <param name="Reason">What stands in the way and what to do; shown to the caller.</param>
    public sealed record Refused(string Reason) : Preview;
}
