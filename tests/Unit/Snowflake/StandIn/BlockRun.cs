using System.Text;

using EltPs.Warehouses.Snowflake;

namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>One run of a block: its variables, and each statement as if it had come alone.</summary>
/// <param name="run">Runs a statement of the block.</param>
/// <param name="evaluate">Gives the value of an expression.</param>
/// <param name="variables">The declared names.</param>
internal sealed class BlockRun(Func<string, QueryResult> run, Func<string, string?> evaluate, IEnumerable<string> variables)
{
    // Filled in the handler only, where Snowflake has them.
    private const string ErrorMessage = "SQLERRM";

    private readonly Dictionary<string, string?> _values = variables.ToDictionary(
        name => name,
        string? (_) => null,
        StringComparer.Ordinal);
    private string? _returned;
    private Refusal? _caught;

    /// <summary>The one row with one value that a block gives.</summary>
    public QueryResult Run(BlockStep block)
    {
        RunAll(block.Body);
        return new QueryResult(["anonymous block"], [[_returned]]);
    }

    // True when a RETURN has ended the block, the outer ones with it.
    private bool RunAll(IReadOnlyList<ScriptStep> steps) => steps.Any(RunOne);

    private bool RunOne(ScriptStep step) => step switch
    {
        BlockStep block => RunBlock(block),
        IfStep branch => RunAll(Evaluate(branch, branch.Condition) == "true" ? branch.Then : branch.Else),
        ReturnStep end => Return(Evaluate(end, end.Expression)),
        SqlStep sql => RunSql(sql),
        RaiseStep => throw _caught ?? new Refusal("001003", "42000", "SQL compilation error:\nRAISE outside of a handler"),
        _ => throw new NotSupportedException(step.GetType().Name),
    };

    private bool RunBlock(BlockStep block)
    {
        try
        {
            return RunAll(block.Body);
        }
        catch (Refusal refusal) when (block.Handler is not null && refusal.Code != "000604")
        {
            // A cancel ends the whole block: no handler keeps it running.
            _values[ErrorMessage] = refusal.Message;
            _caught = refusal;
            return RunAll(block.Handler);
        }
    }

    private bool RunSql(SqlStep step)
    {
        var result = Located(step, () => run(Bind(step.Sql, colonOnly: true)));
        if (step.Into.Count == 0)
        {
            return false;
        }

        if (result.Rows.Count != 1)
        {
            throw new Refusal("002009", "02000", "A SELECT INTO statement expects exactly 1 returned row.");
        }

        if (result.Columns.Count != step.Into.Count)
        {
            throw new Refusal("002212", "42601", "SELECT INTO expects as many variables as there are columns.");
        }

        for (var i = 0; i < step.Into.Count; i++)
        {
            _values[step.Into[i]] = result.Rows[0][i];
        }

        return false;
    }

    private bool Return(string? value)
    {
        _returned = value;
        return true;
    }

    private string? Evaluate(ScriptStep step, string expression) => Located(step, () => evaluate(Bind(expression, colonOnly: false)));

    // Snowflake documentation, "Handling exceptions": what nobody handles comes out with the place where it was raised.
    private static T Located<T>(ScriptStep step, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Refusal refusal) when (refusal.Code != "000604")
        {
            throw new Refusal(
                refusal.Code,
                refusal.SqlState,
                $"Uncaught exception of type 'STATEMENT_ERROR' on line {step.Line} at position {step.Position} : {refusal.Message}");
        }
    }

    // In SQL a variable has a colon; in an expression it may go without ("Using a variable in a SQL statement (binding)").
    private string Bind(string text, bool colonOnly)
    {
        var reader = new StatementReader(text);
        var bound = new StringBuilder();
        for (; !reader.IsAtEnd; reader.At++)
        {
            if (reader.At > 0 && reader[reader.At].Start > reader[reader.At - 1].End)
            {
                bound.Append(' ');
            }

            var hasColon = reader.IsNext(":");
            var name = reader.TextAt(hasColon ? reader.At + 1 : reader.At).ToUpperInvariant();
            if ((hasColon || !colonOnly) && _values.TryGetValue(name, out var value))
            {
                bound.Append(value is null ? "CAST(NULL AS VARCHAR)" : SnowflakeText.Literal(value));
                reader.At += hasColon ? 1 : 0;
            }
            else
            {
                bound.Append(reader.TextAt(reader.At));
            }
        }

        return bound.ToString();
    }
}
