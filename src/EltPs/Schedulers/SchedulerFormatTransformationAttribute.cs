using System.Management.Automation;
using EltPs.Engine.Schedulers;

namespace EltPs.Schedulers;

/// <summary>Lets -Format take a scheduler's name, in any case or by an unmistakable beginning.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SchedulerFormatTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
        {
            SchedulerFormat format => format,
            string name when SchedulerFormats.Find(name.Trim()) is { } found => found,
            var other => throw new ArgumentTransformationMetadataException(
                $"There is no scheduler '{other}'; write {string.Join(", ", SchedulerFormats.All)}."),
        };
}
