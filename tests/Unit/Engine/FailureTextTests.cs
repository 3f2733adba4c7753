using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Names;
using Xunit;

namespace EltPs.Tests.Engine;

public sealed class FailureTextTests
{
    private static readonly SourceLocation Place = new("mau.psd1", 12, 20);

    private static TableName Table => TableName.TryParse("analytics.mau", out var name) ? name : throw new InvalidOperationException();

    [Fact]
    public void The_message_says_where_what_what_it_means_and_what_is_next()
    {
        var failure = new EltException(EltErrorKind.StatementFailed, "No such column: x")
            .With(table: Table, step: EltStep.Stage, location: Place)
            .With(consequence: "analytics.mau was left as it was.", advice: Advice.Say("Correct the SQL and run again."));

        Assert.Equal(
            $"analytics.mau: stage failed (SQL at mau.psd1(12,20)): No such column: x\n"
                + "analytics.mau was left as it was. Correct the SQL and run again.",
            failure.Message);
        Assert.Equal("No such column: x analytics.mau was left as it was. Correct the SQL and run again.", FailureText.Reason(failure));
    }

    [Fact]
    public void What_is_about_no_table_names_its_subject_or_its_place()
    {
        var failure = new EltException(EltErrorKind.SourceMissing, "there is no file.") { Location = Place, Subject = "source raw.events" };

        Assert.Equal("mau.psd1(12,20): source raw.events: there is no file.", failure.Message);
        Assert.Equal("source raw.events: there is no file.", FailureText.WithoutLocation(failure));
    }

    [Fact]
    public void Advice_that_needs_a_command_is_worded_by_the_edge()
    {
        var failure = new EltException(EltErrorKind.NotStaged, "there is no staging table.") { Advice = [Advice.StageFirst(Table)] };

        Assert.Equal("there is no staging table.", failure.Message);
        Assert.Equal($"there is no staging table.\nStageFirst!", failure.In(new Shouting()).With().Message);
    }

    [Fact]
    public void Context_is_added_and_nothing_of_the_vendors_is_lost()
    {
        var cause = new InvalidOperationException("of the driver");
        var failure = new EltException(EltErrorKind.StatementFailed, "refused", cause)
        {
            Statement = "SELECT 1",
            QueryId = "q",
            VendorCode = "002003",
            SqlState = "42S02",
            IsTransient = true,
            Consequences = ["Nothing was staged."],
        };

        var above = failure.With(table: Table, consequence: "No table was published.", advice: Advice.RunAnew);

        Assert.Equal(
            ("SELECT 1", "q", "002003", "42S02", true),
            (above.Statement, above.QueryId, above.VendorCode, above.SqlState, above.IsTransient));
        Assert.Same(cause, above.InnerException);
        Assert.Equal(["Nothing was staged.", "No table was published."], above.Consequences);
        Assert.Equal([Advice.RunAnew], above.Advice);
    }

    [Fact]
    public void A_copy_keeps_the_place_in_the_code_where_it_began()
    {
        try
        {
            throw new EltException(EltErrorKind.StatementFailed, "refused");
        }
        catch (EltException failure)
        {
            Assert.Contains(
                nameof(A_copy_keeps_the_place_in_the_code_where_it_began),
                failure.With(table: Table).StackTrace,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_is_settled_no_longer_says_what_was_feared()
    {
        var failure = new EltException(EltErrorKind.Unknown, "no answer") { Consequences = ["Whether it was published is not known."] };

        var settled = failure.Settled(EltErrorKind.ConnectionFailed, what: null, "It is not published.");

        Assert.Equal(EltErrorKind.ConnectionFailed, settled.Kind);
        Assert.Equal($"no answer\nIt is not published.", settled.Message);
    }

    [Fact]
    public void Several_errors_are_one_with_a_line_or_more_for_each()
    {
        var both = EltException.Of(
            [
                new EltException(EltErrorKind.StagingTaken, "taken.") { Table = Table },
                new EltException(EltErrorKind.SchemaMissing, "no schema.") { Table = Table },
            ])
            .With(consequence: "Nothing was staged.");

        Assert.Equal(EltErrorKind.StagingTaken, both.Kind);
        Assert.Equal(
            string.Join("\n", ["analytics.mau: taken.", "analytics.mau: no schema.", "Nothing was staged."]),
            both.Message);
    }

    private sealed class Shouting : IAdviceWording
    {
        public string Word(Advice advice) => $"{advice.Kind}!";
    }
}
