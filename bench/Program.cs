using Bench;
using Bench.Fuzz;
using Bench.Load;
using Bench.Scale;
using Bench.Silence;

switch (args)
{
    case ["load", .. var rest]:
        return await LoadBench.RunAsync(Arguments.Parse(rest));
    case ["refresh", .. var rest]:
        return await RefreshBench.RunAsync(Arguments.Parse(rest));
    case ["validate", .. var rest]:
        return await ValidateBench.RunAsync(Arguments.Parse(rest));
    case ["crash", .. var rest]:
        return await CrashBench.RunAsync(Arguments.Parse(rest));
    case ["silence", .. var rest]:
        return await SilenceBench.RunAsync(Arguments.Parse(rest));
    case ["scale", .. var rest]:
        return await ScaleBench.RunAsync(Arguments.Parse(rest));
    case ["fuzz", .. var rest]:
        return await FuzzBench.RunAsync(Arguments.Parse(rest));
    case [CrashHost.Command, var folder, var port]:
        return await CrashHost.RunAsync(folder, port);
    default:
        Console.WriteLine("""
            dotnet run -c Release --project bench -- load     [--host label=path of McpAuthConsole.dll]... [--operations refresh,call,...] [--clients 16] [--grants 256] [--rounds 9]
            dotnet run -c Release --project bench -- refresh  [--clients 64] [--seconds 5] [--turns 3]
            dotnet run -c Release --project bench -- validate [--tokens 6000] [--seconds 3]
            dotnet run -c Release --project bench -- crash    [--rounds 20] [--clients 8] [--seed 1]
            dotnet run -c Release --project bench -- silence  [--families 1000000] [--ends 50000] [--clients 8]
            dotnet run -c Release --project bench -- scale    [--families 1000000] [--rounds 5] [--only clients] [--data folder that is kept]
            dotnet run -c Release --project bench -- fuzz     [--requests 1000000] [--workers 24] [--seed 1] [--level Information] [--host path of McpAuthConsole.dll]

            All traffic stays on loopback, all files in a temporary folder (--folder to choose another), removed at the end.
            """);
        return 2;
}
