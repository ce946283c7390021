using System.Security.Cryptography;

namespace AdminConsole.Commands;

/// <summary>A password for a command: never an argument, which every process of the machine can read.</summary>
internal sealed class NewPassword
{
    /// <summary>What the sign-in page takes.</summary>
    public const int MaxLength = 256;

    /// <summary>32 signs that cannot be mistaken for each other: 100 bits in 20.</summary>
    private const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private NewPassword(string value, bool isMadeUp) => (Value, IsMadeUp) = (value, isMadeUp);

    public string Value { get; }

    /// <summary>It was not given, so it has to be printed.</summary>
    public bool IsMadeUp { get; }

    public static NewPassword MakeUp() =>
        new(string.Join('-', RandomNumberGenerator.GetString(Alphabet, 20).Chunk(5).Select(five => new string(five))), isMadeUp: true);

    /// <summary>The first line of standard input; at a terminal it is asked for and not shown.</summary>
    public static NewPassword Read() => new(Console.IsInputRedirected ? Console.In.ReadLine() ?? "" : Ask(), isMadeUp: false);

    private static string Ask()
    {
        Console.Error.Write("New password: ");
        var typed = new Stack<char>();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                typed.TryPop(out _);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                typed.Push(key.KeyChar);
            }
        }

        Console.Error.WriteLine();
        return string.Concat(typed.Reverse());
    }

    public override string ToString() => "(not shown)";
}
