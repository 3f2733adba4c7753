using System.Management.Automation;
using Xunit;

namespace EltPs.Tests.Support;

/// <summary>What a script wrote to each stream, and the error that ended it.</summary>
internal sealed record ScriptRun
{
    /// <summary>What the script wrote, as its user has it.</summary>
    public required IReadOnlyList<object> Written { get; init; }

    /// <summary>The same; of an object of the module, what the engine made.</summary>
    public required IReadOnlyList<object> Output { get; init; }

    public required IReadOnlyList<ErrorRecord> Errors { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    public required IReadOnlyList<string> Verbose { get; init; }

    public required IReadOnlyList<string> Debug { get; init; }

    public required IReadOnlyList<InformationRecord> Information { get; init; }

    public required IReadOnlyList<ProgressRecord> Progress { get; init; }

    /// <summary>What went to the host only, such as the lines of -WhatIf; line feeds between the lines.</summary>
    public required string HostText { get; init; }

    /// <summary>The error that ended the script; null if it came to its end.</summary>
    public required ErrorRecord? Terminating { get; init; }

    /// <summary>The only object of the output; the script must have had no error.</summary>
    public T Single<T>()
    {
        Succeeded();
        return Assert.IsType<T>(Assert.Single(Output));
    }

    /// <summary>Fails the test with the script's own message if it had an error.</summary>
    public ScriptRun Succeeded()
    {
        Assert.True(Terminating is null, Terminating?.ToString());
        Assert.True(Errors.Count == 0, string.Join('\n', Errors));
        return this;
    }

    /// <summary>The script's only error, which must have this id; whether it ended its statement only or the whole script.</summary>
    public ErrorRecord FailedWith(string id)
    {
        var error = Assert.Single(Terminating is null ? Errors : [.. Errors, Terminating]);
        Assert.Equal(id, error.FullyQualifiedErrorId);
        return error;
    }
}
