using System.Globalization;
using EltPs.Tests.Support;

namespace EltPs.Tests.Views;

/// <summary>Compares what a screen shows with the picture that was looked at and approved, in the folder Approved.</summary>
internal static class ApprovedPicture
{
    private const string Tests = "Views";

    /// <summary>The approved pictures, without the ending of their names.</summary>
    public static IEnumerable<string> Names =>
        Directory.EnumerateFiles(ApprovedText.Folder(Tests), "*.txt").Select(path => Path.GetFileNameWithoutExtension(path)!);

    /// <summary>Fails unless the picture is the approved one.</summary>
    public static void Matches(string name, int width, string shown) =>
        ApprovedText.Matches(Tests, string.Create(CultureInfo.InvariantCulture, $"{name}.{width}.txt"), shown.Trim('\n') + "\n");
}
