using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace AuthCore.Storage.Sqlite;

/// <summary>
/// Lets EF Core 10 run on SQLitePCLRaw 2.0.6 and the system's SQLite. Delete when the feed has SQLitePCLRaw >= 2.1.13.
/// </summary>
internal static class SqliteBindings
{
    private const string SystemLibrary = "libsqlite3.so.0";

    private static readonly Lock Gate = new();
    private static bool _installed;

    /// <summary>The library in use: the system's where it is newer than the bundled one.</summary>
    public static string Library { get; private set; } = "bundled";

    /// <summary>Must run before the first use of SQLite. Repeated calls do nothing.</summary>
    public static void Install()
    {
        lock (Gate)
        {
            if (_installed)
            {
                return;
            }

            // The runtime refuses an assembly older than the reference asks for, and then asks here.
            AssemblyLoadContext.Default.Resolving += OlderCore;
            UseSystemLibraryWhereNewer();
            InitializeProvider();
            _installed = true;
        }
    }

    private static Assembly? OlderCore(AssemblyLoadContext context, AssemblyName name) =>
        name.Name == "SQLitePCLRaw.core" ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "SQLitePCLRaw.core.dll")) : null;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void UseSystemLibraryWhereNewer()
    {
        if (!NativeLibrary.TryLoad(SystemLibrary, out var system))
        {
            return;
        }

        var version = Marshal.GetDelegateForFunctionPointer<LibVersionNumber>(NativeLibrary.GetExport(system, "sqlite3_libversion_number"))();
        if (version <= BundledVersion)
        {
            return;
        }

        Library = "system";
        NativeLibrary.SetDllImportResolver(
            typeof(SQLitePCL.SQLite3Provider_e_sqlite3).Assembly,
            (name, _, _) => name == "e_sqlite3" ? system : IntPtr.Zero);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void InitializeProvider() => SQLitePCL.Batteries_V2.Init();

    /// <summary>3.35.5, as <c>sqlite3_libversion_number</c> counts.</summary>
    private const int BundledVersion = 3_035_005;

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int LibVersionNumber();
}
