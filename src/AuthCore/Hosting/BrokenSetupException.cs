namespace AuthCore.Hosting;

/// <summary>The host cannot start as it is set up. The message says what is wrong and what to do, for the person who starts it.</summary>
public sealed class BrokenSetupException(string message, Exception? inner = null) : InvalidOperationException(message, inner);
