using AuthCore.Users;
using Radzen;

namespace AdminConsole.Shared;

/// <summary>Does what a button says and tells what became of it, whatever it was.</summary>
internal sealed class ConsoleAction(NotificationService notes, ILogger<ConsoleAction> logger)
{
    /// <param name="work">Answers what is to be said; null when there is nothing to say.</param>
    public async Task RunAsync(Func<Task<NotificationMessage?>> work)
    {
        try
        {
            if (await work() is { } said)
            {
                notes.Notify(said);
            }
        }
        catch (AccessDeniedException)
        {
            notes.Notify(ConsoleNotes.Denied);
        }
        catch (Exception exception) when (logger.KnowsAsStorageTrouble(exception, "an action"))
        {
            notes.Notify(ConsoleNotes.Unavailable);
        }
    }
}
