using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace UnitTests.TestKit;

/// <summary>bUnit asks for AngleSharp.Diffing 1.1.1; 0.17.0 has every call that it makes. Delete when the feed has the newer one.</summary>
internal static class OlderAngleSharpDiffing
{
    [ModuleInitializer]
    internal static void Install() => AssemblyLoadContext.Default.Resolving += static (context, name) =>
        name.Name == "AngleSharp.Diffing" ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "AngleSharp.Diffing.dll")) : null;
}
