using AuthCore.Hosting;
using Microsoft.Extensions.Options;

namespace AdminConsole.Hosting;

/// <summary>Looks at every setting before anything uses one, and says all that is wrong at once.</summary>
internal static class ConfigurationReport
{
    /// <returns>False when the host must not start; the reasons were written to the error output.</returns>
    public static bool IsGood(IServiceProvider services)
    {
        try
        {
            services.GetRequiredService<IStartupValidator>().Validate();
            return true;
        }
        catch (Exception exception) when (exception is OptionsValidationException or AggregateException || IsUnreadable(exception))
        {
            Console.Error.WriteLine("The configuration cannot be used:");
            foreach (var problem in Problems(exception))
            {
                Console.Error.WriteLine($"  - {problem}");
            }

            Console.Error.WriteLine("Nothing was started. docs/configuration.md describes every key.");
            return false;
        }
    }

    /// <summary>Says last, below whatever the log had to say, why the host did not start.</summary>
    /// <returns>The process's exit code.</returns>
    public static int Refuse(BrokenSetupException broken)
    {
        Console.Error.WriteLine($"The host cannot start. {broken.Message}");
        return 1;
    }

    /// <summary>A value that is no number, time or truth at all: the binder names key, value and type, and stops at the first.</summary>
    private static bool IsUnreadable(Exception exception) =>
        exception is InvalidOperationException { InnerException: FormatException or ArgumentException or OverflowException };

    internal static IEnumerable<string> Problems(Exception exception) => exception switch
    {
        OptionsValidationException invalid => invalid.Failures,
        AggregateException several => several.InnerExceptions.SelectMany(Problems),
        var other => [other.Message],
    };
}
