using System.Management.Automation;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.PipelineFiles;
using EltPs.Engine.Validation;
using EltPs.Engine.Warehouses;
using EltPs.Errors;
using EltPs.Loading;
using EltPs.Validation;

namespace EltPs.Commands;

/// <summary>Tests pipeline files: their text, their sources, the SQL of their tables and the order of these. Changes nothing.</summary>
[Cmdlet(VerbsDiagnostic.Test, "EltPipeline")]
[OutputType(typeof(PipelineTestResult), typeof(bool))]
public sealed class TestEltPipelineCommand : PipelineSqlCommand
{
    private const int ShownErrors = 20;

    /// <summary>Writes true or false instead of the result and the error of a file that is not valid.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var path in Files())
        {
            TestOne(path);
        }
    }

    private void TestOne(string path)
    {
        PipelineDefinition? pipeline = null;
        try
        {
            pipeline = WithVariables(ReadPipeline(path, Connection));
            var provider = WarehouseLoader.Registry.Find(pipeline.Session.Connection.Type)!;
            var findings = Await($"Testing {pipeline.Name}", (observer, _, cancellationToken) =>
                new PipelineCheck(provider, Time, observer, CmdletWording.Instance).RunAsync(pipeline, cancellationToken));
            var result = Result(path, pipeline, findings);
            Write(result, result.IsValid ? null : new EltException(EltErrorKind.PipelineNotValid, Message(path, result)), isAnswer: true);
        }
        catch (EltException failure)
        {
            IReadOnlyList<Finding> findings =
                failure.Complaints.Count > 0
                    ? [.. failure.Complaints.Select(Finding.Of)]
                    : [Finding.Of(failure.In(CmdletWording.Instance), location: null, table: null)];
            var isAnswer = failure.Kind is EltErrorKind.InvalidPipelineFile or EltErrorKind.PipelineFileMissing;
            Write(Result(path, pipeline, findings), failure, isAnswer);
        }
    }

    // An answer of true or false is about the file; that the warehouse did not answer is another matter.
    private void Write(PipelineTestResult result, EltException? failure, bool isAnswer)
    {
        if (Quiet && isAnswer)
        {
            WriteObject(result.IsValid);
            return;
        }

        if (!Quiet)
        {
            WriteObject(result);
        }

        if (failure is not null)
        {
            var error = failure.ToRecord(result);
            if (!Quiet)
            {
                // The result, written a moment ago, shows what the exception's message tells to scripts and logs.
                error.ErrorDetails = new ErrorDetails(Summary(result, isAnswer));
            }

            WriteError(error);
        }
    }

    private static string Summary(PipelineTestResult result, bool isAnswer)
    {
        var name = System.IO.Path.GetFileName(result.Path);
        var count = result.Errors.Count == 1 ? "1 error" : $"{result.Errors.Count} errors";
        return isAnswer
            ? $"{name} is not valid: {count}, in the Findings of its result. Nothing was changed."
            : $"{name} could not be tested; the Findings of its result say why. Nothing was changed.";
    }

    private PipelineTestResult Result(string path, PipelineDefinition? pipeline, IReadOnlyList<Finding> findings) => new()
    {
        Path = pipeline?.Path ?? FullPath(path),
        Pipeline = pipeline?.Name,
        Connection = pipeline?.Session.Connection.ToString(),
        Tables = pipeline?.Tables.Count ?? 0,
        Findings = new(findings.Select(PipelineFinding.Of)),
    };

    private static string Message(string path, PipelineTestResult result)
    {
        var errors = result.Errors;
        var more = errors.Count > ShownErrors ? $"\n… and {errors.Count - ShownErrors} more" : string.Empty;
        return $"{path} is not valid; nothing was changed.\n{string.Join('\n', errors.Take(ShownErrors))}{more}";
    }

    private PipelineDefinition WithVariables(PipelineDefinition pipeline) => Variable is null
        ? pipeline
            : VariableOverride.Apply(
                pipeline,
                Variable.Keys.Cast<object>().Select(name => KeyValuePair.Create(name.ToString() ?? string.Empty, Plain(Variable[name]))));

    // What PowerShell has wrapped, in a list too.
    private static object? Plain(object? value) => value switch
    {
        PSObject wrapped => Plain(wrapped.BaseObject),
        object?[] items => items.Select(Plain).ToArray(),
        _ => value,
    };
}
