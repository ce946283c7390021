using System.Text.Json;
using McpEndpoint.Tools;

namespace UnitTests.McpEndpoint.Tools;

public sealed class SchemaCheckTests
{
    private const string Tree = """{"type":"object","properties":{"name":{"type":"string"},"children":{"type":"array","items":{"$ref":"#"}}},"required":["name"],"additionalProperties":false}""";

    [Theory]
    [InlineData("""{"type":"integer","minimum":1,"maximum":5}""", "5", "6")]
    [InlineData("""{"type":"number","exclusiveMinimum":0,"exclusiveMaximum":1}""", "0.5", "1")]
    [InlineData("""{"type":"number","exclusiveMinimum":0}""", "0.1", "0")]
    [InlineData("""{"type":"integer"}""", "1e2", "1.5")]
    [InlineData("""{"type":"number"}""", "1e300", "1e999")]
    [InlineData("""{"type":["string","null"]}""", "null", "false")]
    [InlineData("""{"enum":["a",1,null]}""", "1", "2")]
    [InlineData("""{"const":{"a":[1]}}""", """{"a":[1]}""", """{"a":[2]}""")]
    [InlineData("""{"type":"string","minLength":2}""", "\"ab\"", "\"a\"")]
    [InlineData("""{"type":"string","maxLength":1}""", "\"\\uD83D\\uDE00\"", "\"a\\u0301\"")]
    [InlineData("""{"type":"string","pattern":"^[a-z]+$"}""", "\"abc\"", "\"Abc\"")]
    [InlineData("""{"type":"string","pattern":"^(a+)+$"}""", "\"aaa\"", "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\"")]
    [InlineData("""{"type":"array","minItems":1,"maxItems":2,"items":{"type":"string"}}""", """["a"]""", "[]")]
    [InlineData("""{"type":"array","maxItems":2}""", "[1,2]", "[1,2,3]")]
    [InlineData("""{"prefixItems":[{"type":"string"}],"items":false}""", """["a"]""", """["a",1]""")]
    [InlineData("""{"additionalProperties":{"type":"integer"}}""", """{"a":1}""", """{"a":"x"}""")]
    [InlineData("""{"additionalProperties":false}""", "{}", """{"a":1}""")]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"integer"}]}""", "1", "true")]
    [InlineData("""{"oneOf":[{"type":"integer"},{"minimum":5}]}""", "1", "6")]
    [InlineData("""{"allOf":[{"minimum":1},{"maximum":3}]}""", "2", "4")]
    [InlineData("""{"not":{"type":"null"}}""", "1", "null")]
    [InlineData("""{"$defs":{"a/b":{"type":"string"}},"$ref":"#/$defs/a~1b"}""", "\"x\"", "1")]
    [InlineData(Tree, """{"name":"a","children":[{"name":"b"}]}""", """{"name":"a","children":[{"name":"b","children":[{"nam":"c"}]}]}""")]
    public void A_keyword_restricts_what_it_says(string schema, string right, string wrong)
    {
        SchemaCheck.Problem(JsonElement.Parse(schema), JsonElement.Parse(right)).ShouldBeNull();
        SchemaCheck.Problem(JsonElement.Parse(schema), JsonElement.Parse(wrong)).ShouldNotBeNull();
    }

    [Fact]
    public void A_reference_that_leads_to_itself_ends() =>
        SchemaCheck.Problem(JsonElement.Parse("""{"$ref":"#"}"""), JsonElement.Parse("1")).ShouldNotBeNull();

    [Fact]
    public void A_reference_to_elsewhere_is_not_followed() =>
        SchemaCheck.Problem(JsonElement.Parse("""{"$ref":"https://elsewhere.example/schema"}"""), JsonElement.Parse("1")).ShouldBeNull();

    [Fact]
    public void A_problem_names_the_place_and_cleans_what_the_caller_called_it()
    {
        SchemaCheck.Problem(JsonElement.Parse(Tree), JsonElement.Parse("""{"name":"a","children":[{"name":"b"},{"name":7}]}""")).ShouldBe("'children[1].name' must be string, but was the number 7.");
        SchemaCheck.Problem(JsonElement.Parse(Tree), JsonElement.Parse("""{"name":"a","\u001b[2Jx":1}""")).ShouldBe("'[2Jx' is not known; leave it out.");
    }
}
