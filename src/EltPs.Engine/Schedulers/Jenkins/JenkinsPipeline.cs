namespace EltPs.Engine.Schedulers;

/// <summary>A declarative Jenkins pipeline.</summary>
/// <remarks>
/// Jenkins starts whenever the clock of the zone in the first line shows a time that fits all five fields, both times if it shows it twice
/// ("Cron syntax", "Time zone specification"), so that what is skipped needs lines of its own, which <see cref="StartTimes"/> gives.
/// </remarks>
internal static class JenkinsPipeline
{
    private const string Install =
        "In Jenkins make an item of type Pipeline, take this file as its script (from the repository or pasted), and build it once by "
            + "hand: from then on the trigger is known.";

    private const string Locked =
        "Held by another run, or by another process that has the database: nothing was done"
            + ", and the next start tries again.";

    /// <summary>The format.</summary>
    public static SchedulerFormat Format { get; } = new("Jenkinsfile", SchedulerMachine.Any, Of) { Extension = ".Jenkinsfile" };

    /// <summary>The Jenkinsfile.</summary>
    public static SchedulerFiles Of(PipelineStart start)
    {
        var starts = start.In(TimeZoneInfo.FindSystemTimeZoneById(start.Schedule.TimeZone));
        var trigger = string.Join(
            '\n',
            starts.Groups.SelectMany(CronLine.Of).Distinct(StringComparer.Ordinal).Prepend($"TZ={start.Schedule.TimeZone}"));
        var results = $"{start.Name}.xml";
        var name = GroovyText.Quote(CommentText.Of(start.Pipeline.Name));
        var text = $$"""
            // Starts the pipeline {{GroovyText.Comment(start.Pipeline.Name)}}. Made by Export-EltSchedule.
            // {{Install}}
            // The agent must have these paths: where not every agent has them, write agent { label '…' } of one that does.
            // {{GroovyText.Comment(start.Times(starts.IsExact, "cron lines cannot say these times exactly"))}}
            pipeline {
                agent any
                options {
                    disableConcurrentBuilds()
                }
                triggers {
                    cron({{GroovyText.Quote(trigger)}})
                }
            {{Environment(start)}}    stages {
                    stage({{name}}) {
                        steps {
                            script {
                                int code = {{Step(start, results)}}
                                if (code == 3) {
                                    unstable('{{Locked}}')
                                } else if (code != 0) {
                                    error("The run ended with exit code ${code}.")
                                }
                            }
                        }
                    }
                }
                post {
                    always {
                        junit allowEmptyResults: true, testResults: {{GroovyText.Quote(results)}}
                    }
                }
            }

            """;
        return new SchedulerFiles([new SchedulerFile(start.Path, text)], Install, starts.IsExact);
    }

    // The results lie in the workspace, and those of the build before must not be taken for this one's.
    private static string Step(PipelineStart start, string results)
    {
        var command = start.Command;
        var more = $" -JUnitPath ($env:WORKSPACE + '/{results}')";
        return command.IsWindows
            ? $"bat(returnStatus: true, script: {GroovyText.Quote(Batch(command, command.Script(more, IsUnsafeInBatch), results))})"
            : $"sh(returnStatus: true, script: {GroovyText.Quote($"rm -f {results}\n{PosixShell.Line(command, command.Script(more))}")})";
    }

    // In quotes only % and, in whatever code page the agent has, letters beyond ASCII mean something else to cmd.
    private static string Batch(ScheduledCommand command, string script, string results)
    {
        var line = WindowsCommandLine.Join(command.Arguments(script)).Replace("%", "%%", StringComparison.Ordinal);
        var environment = string.Concat(command.Environment.Select(variable => $"@set {variable.Key}={variable.Value}\n"));
        return $"@if exist {results} del {results}\n{environment}@cd /d {Quoted(command.Folder)}\n@{Quoted(command.ShellPath)} {line}";

        static string Quoted(string path) => $"\"{path.Replace("%", "%%", StringComparison.Ordinal)}\"";
    }

    private static bool IsUnsafeInBatch(char letter) => letter == '%' || !char.IsAscii(letter);

    private static string Environment(PipelineStart start) => start.Variables.Count == 0
        ? string.Empty
        : $$"""
                // Secrets: credentials of type "Secret text" with these ids.
                environment {
            {{string.Join('\n', start.Variables.Select(name => $"        {name} = credentials({GroovyText.Quote(name)})"))}}
                }

            """;
}
