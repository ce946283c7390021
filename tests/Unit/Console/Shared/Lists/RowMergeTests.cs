using AdminConsole.Shared.Lists;

namespace UnitTests.Console.Shared.Lists;

public sealed class RowMergeTests
{
    [Fact]
    public void Rows_that_stay_are_the_same_objects_with_new_values()
    {
        var shown = Rows("a1", "b1");

        var merged = RowMerge.Replace(shown, ["c1", "b2"], KeyOf);

        merged.Select(row => row.Value).ShouldBe(["c1", "b2"]);
        merged[1].ShouldBeSameAs(shown[1]);
    }

    [Fact]
    public void In_place_nothing_moves_and_new_rows_wait()
    {
        var shown = Rows("a1", "b1", "c1");

        RowMerge.InPlace(shown, ["x1", "y1", "a2", "b2", "c2"], KeyOf).ShouldBe(2);

        shown.Select(row => row.Value).ShouldBe(["a2", "b2", "c2"]);
        shown.ShouldAllBe(row => !row.Gone);
    }

    [Fact]
    public void In_place_a_row_that_left_the_list_is_marked()
    {
        var shown = Rows("a1", "b1", "c1");

        RowMerge.InPlace(shown, ["a1", "c1"], KeyOf).ShouldBe(0);

        shown.Select(row => row.Gone).ShouldBe([false, true, false]);
    }

    [Fact]
    public void In_place_a_row_that_was_only_pushed_to_the_next_page_is_not_marked()
    {
        var shown = Rows("a1", "b1", "c1");

        RowMerge.InPlace(shown, ["x1", "a1", "b1"], KeyOf).ShouldBe(1);

        shown.ShouldAllBe(row => !row.Gone);
    }

    [Fact]
    public void A_marked_row_that_comes_back_is_no_longer_marked()
    {
        var shown = Rows("a1", "b1");
        RowMerge.InPlace(shown, ["a1"], KeyOf);

        RowMerge.InPlace(shown, ["a1", "b2"], KeyOf);

        shown[1].Gone.ShouldBeFalse();
    }

    private static List<ListRow<string>> Rows(params string[] values) => [.. values.Select(value => new ListRow<string>(KeyOf(value), value))];

    private static string KeyOf(string value) => value[..1];
}
