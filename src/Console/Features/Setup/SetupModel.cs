namespace AdminConsole.Features.Setup;

/// <summary>What the set-up page says.</summary>
/// <param name="Email">What was typed the last time.</param>
/// <param name="Reasons">Why that was not taken.</param>
public sealed record SetupModel(string? Email, IReadOnlyList<string> Reasons);
