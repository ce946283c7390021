using UnitTests.Architecture.Namespaces;

namespace UnitTests;

/// <summary>What the test assembly does when it is run as a program. `Program` itself is the host under test.</summary>
internal static class TestProgram
{
    public static int Main(string[] args)
    {
        if (args is ["namespaces", .. var rooms])
        {
            NamespaceCommand.Run(System.Console.Out, rooms);
            return 0;
        }

        System.Console.Error.WriteLine("Run the tests with `dotnet test tests/Unit`. The one command here is `namespaces [bad | room [room]]`.");
        return 2;
    }
}
