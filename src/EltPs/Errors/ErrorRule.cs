using System.Management.Automation;
using EltPs.Engine.Errors;

namespace EltPs.Errors;

/// <summary>What PowerShell and a scheduler see of one kind of error.</summary>
/// <param name="Id">The error id, which never changes its meaning.</param>
/// <param name="Category">PowerShell's category.</param>
/// <param name="ExitCode">
/// The exit code of <c>elt</c>: 1 it failed, 2 bad input (a retry cannot help), 3 locked by another run (a retry can), 130 cancelled. The
/// host takes it from the category.
/// </param>
/// <param name="Kind">The engine's kind; null for an error of the cmdlets' own.</param>
internal sealed record ErrorRule(string Id, ErrorCategory Category, int ExitCode, EltErrorKind? Kind = null);
