using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace McpAuthConsole.E2ETests.Browser;

/// <summary>What holds for every page.</summary>
internal static class PageChecks
{
    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
    };

    /// <summary>Waits until the page has its heading, and its list, if it has one, its rows.</summary>
    public static async Task ShouldHaveSettledAsync(this IPage page)
    {
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Reading…")).ToHaveCountAsync(0);
    }

    public static async Task ShouldBeAccessibleAsync(this IPage page)
    {
        var result = await page.RunAxe(Rules);
        var violations = result.Violations.Select(violation =>
            $"{violation.Id}: {violation.Help}\n{string.Join('\n', violation.Nodes.Select(node => $"    {node.Html}"))}");
        violations.ShouldBeEmpty($"{page.Url} has accessibility violations");
    }

    public static async Task ShouldNotScrollSidewaysAsync(this IPage page)
    {
        var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        overflow.ShouldBeLessThanOrEqualTo(0, $"{page.Url} is {overflow} px wider than its window");
    }
}
