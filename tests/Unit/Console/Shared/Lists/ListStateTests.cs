using AdminConsole.Shared.Lists;
using AuthCore.Grants;

namespace UnitTests.Console.Shared.Lists;

public sealed class ListStateTests
{
    private static readonly ListSchema Schema = ListSchema.Of<FamilySort>(ListFilterField.Of<FamilyState>("state"), new("client"));

    [Fact]
    public void Every_view_has_an_address_that_leads_back_to_it()
    {
        var state = ListState.Parse("?q=ana%40example.org&state=Revoked&client=a%26b%3D%F0%9F%A6%8A&sort=-LastSeenAt&page=3&size=50&open=f1", Schema);

        state.Search.ShouldBe("ana@example.org");
        state.Filter<FamilyState>("state").ShouldBe(FamilyState.Revoked);
        state.Filter("client").ShouldBe("a&b=🦊");
        (state.Sort, state.Descending, state.Page, state.Size, state.Open).ShouldBe(("LastSeenAt", true, 3, 50, "f1"));
        ListState.Parse(state.ToQuery(), Schema).ToQuery().ShouldBe(state.ToQuery());
    }

    [Fact]
    public void The_plain_list_has_the_plain_address() => ListState.Parse("", Schema).ToQuery().ShouldBeEmpty();

    [Theory]
    [InlineData("?sort=1;drop table")]
    [InlineData("?sort=-")]
    [InlineData("?page=-1")]
    [InlineData("?page=99999999999999999999")]
    [InlineData("?size=1000000000")]
    [InlineData("?size=0")]
    [InlineData("?state=nope")]
    [InlineData("?state=0")]
    [InlineData("?client=")]
    [InlineData("?unknown=1&q=%20%20")]
    public void What_no_list_may_be_asked_is_ignored(string query) => ListState.Parse(query, Schema).ToQuery().ShouldBeEmpty();

    [Fact]
    public void A_page_beyond_every_list_does_not_overflow()
    {
        var state = ListState.Parse("?page=2147483647&size=100", Schema);

        state.Into<FamilyQuery, FamilySort>(new FamilyQuery()).Skip.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Paging_sorting_and_search_go_into_the_query_and_leave_its_filters_alone()
    {
        var query = ListState.Parse("?page=3&size=50&sort=-User&q=ana", Schema)
            .Into<FamilyQuery, FamilySort>(new FamilyQuery { State = FamilyState.Live, OnlyReused = true });

        query.ShouldBe(new FamilyQuery
        {
            Skip = 100,
            Take = 50,
            SortBy = FamilySort.User,
            Descending = true,
            Search = "ana",
            State = FamilyState.Live,
            OnlyReused = true,
        });
    }

    [Fact]
    public void A_new_filter_starts_from_the_first_page()
    {
        var state = ListState.Parse("?page=7&open=f1", Schema).With("state", "Live");

        state.ToQuery().ShouldBe("?state=Live");
        state.With("state", "").ToQuery().ShouldBeEmpty();
    }
}
