namespace EltPs.Engine.Definitions;

/// <summary>
/// The options that every warehouse knows. A new one is one declaration here: reading, defaults, inheritance, hash, documentation and the
/// file that New-EltPipeline writes follow from it. Those of one vendor are declared by its provider.
/// </summary>
internal static class TableOptions
{
    /// <summary>The longest time that a file may give a table.</summary>
    public static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(7);

    private static readonly List<TableOption> Declared = [];

    /// <summary>All of them, in the order in which documentation shows them.</summary>
    public static IReadOnlyList<TableOption> All => Declared;

    /// <summary>The rows that a table must have at least to be published; 0 allows an empty table.</summary>
    public static TableOption<long> MinimumRows { get; } = Declare(new TableOption<long>("MinimumRows", 1, OptionParsers.WholeNumber())
    {
        Hash = HashRule.At(HashSlot.Rows),
        Help = new(
            "A whole number from 0 on: the rows that a new build must have to be published. 0 allows an empty table.",
            Example: "1",
            Hint: "A build with fewer rows is not published."),
    });

    /// <summary>The rows that a table may have at most to be published; null for no bound.</summary>
    public static TableOption<long?> MaximumRows { get; } = Declare(
        new TableOption<long?>("MaximumRows", null, OptionParsers.Optional(OptionParsers.WholeNumber()))
        {
            Rule = values => values.Of(MaximumRows!) < values.Of(MinimumRows)
                ? "MaximumRows is less than MinimumRows, so that no build could be published; write a greater one."
                : null,
            Help = new(
                "A whole number from 0 on, and not less than `MinimumRows`: a new build with more rows is not published.",
                Example: "1000000",
                Hint: "A build with more rows is not published.")
            {
                Without = "no bound",
            },
        });

    /// <summary>Whether the generation that a table replaces is kept, to undo to.</summary>
    public static TableOption<bool> KeepPrevious { get; } = Declare(new TableOption<bool>("KeepPrevious", true, OptionParsers.Flag)
    {
        IsForFile = true,
        Hash = HashRule.Exempt("It decides what becomes of the generation that is replaced, not what the table holds."),
        Help = new(
            "`$true` or `$false`: whether the rows that were replaced stay at `temp_<table>`, so that the publish can be undone.",
            Example: "$false",
            Hint: "Whether the rows that were replaced are kept, so that a publish can be undone."),
    });

    /// <summary>How a table takes the published one's place.</summary>
    public static TableOption<PublishMethod> Publish { get; } = Declare(
        new TableOption<PublishMethod>("Publish", PublishMethod.Swap, OptionParsers.Choice)
        {
            IsForFile = true,
            Hash = HashRule.At(HashSlot.Publish),
            Help = new(
                "`'Swap'`: the new table and the published one trade places. `'Clone'`: the published table is replaced by a clone of the "
                    + "new one, which keeps its shares and leaves nothing to undo to; see "
                    + "[what a swap does](snowflake.md#what-a-swap-does-to-what-depends-on-the-table). A warehouse without clones swaps.",
                Example: "'Clone'",
                Hint: "How a table takes its place: 'Swap', or on Snowflake 'Clone', which keeps shares and cannot be undone."),
        });

    /// <summary>How long building, checking and publishing a table may take together.</summary>
    public static TableOption<TimeSpan> Timeout { get; } = Declare(
        new TableOption<TimeSpan>("Timeout", TimeSpan.FromHours(1), OptionParsers.Duration(LongestTimeout))
        {
            IsForFile = true,
            Hash = HashRule.Exempt("It bounds the time that a build takes, not what it makes."),
            Help = new(
                "How long building, checking and publishing the table may take together, with all attempts and waits: a number of "
                    + "seconds, `'hh:mm:ss'`, or from a day on `'d.hh:mm:ss'` (`'1.01:00:00'`); at most seven days. The statement that "
                    + "runs then is cancelled, and the run has failed. With `PublishTogether` it bounds building and checking, and the "
                    + "publish has the same time again.",
                Example: "'02:00:00'",
                Hint: "How long one table may take."),
        });

    /// <summary>How often a table is attempted again.</summary>
    public static TableOption<long> Retries { get; } = Declare(
        new TableOption<long>("Retries", RetryRule.None.Retries, OptionParsers.WholeNumber(RetryRule.MostRetries))
        {
            IsForFile = true,
            Hash = HashRule.Exempt("It decides how often a build is attempted, not what it makes."),
            Help = new(
                "How often the table is attempted again, from its build on, after an error that may pass by itself: no connection, a "
                    + "database file that another process holds, a lock with too many waiters. Never after SQL that was refused, a failed "
                    + "check, a cancel, or where the outcome is not known. In the file it also holds for what comes before the first "
                    + "table. With `PublishTogether` a build and its check are attempted again, a publish is not; on the embedded "
                    + "warehouse nothing within the transaction is, only opening the file. 0 to 100.",
                Example: "2",
                Hint: "How often a table is attempted again after an error that may pass."),
        });

    /// <summary>The wait before a table is attempted again.</summary>
    public static TableOption<TimeSpan> RetryDelay { get; } = Declare(
        new TableOption<TimeSpan>("RetryDelay", RetryRule.None.Delay, OptionParsers.Duration(TimeSpan.FromDays(1)))
        {
            IsForFile = true,
            Hash = HashRule.Exempt("It is a wait between attempts, and changes nothing in what they make."),
            Help = new(
                "The wait before the first retry: a number of seconds, or `'hh:mm:ss'`; at most a day. Each later wait is twice as long, "
                    + "up to ten minutes or this, whichever is longer, and all of them vary by a fifth, so that runs that failed together "
                    + "do not meet again. `Timeout` bounds all attempts and waits together: a retry that could not begin in time is not "
                    + "waited for.",
                Example: "'00:01:00'",
                Hint: "The wait before the first of these attempts."),
        });

    private static TableOption<T> Declare<T>(TableOption<T> option)
    {
        Declared.Add(option);
        return option;
    }
}
