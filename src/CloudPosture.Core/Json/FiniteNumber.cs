using System.Globalization;

namespace CloudPosture.Json;

/// <summary>Numbers as JSON has them: neither infinite nor none at all.</summary>
internal static class FiniteNumber
{
    /// <summary>Reads a number, whatever the culture. Some runtimes read one that is too large as infinite.</summary>
    /// <param name="text">The text.</param>
    /// <param name="number">The number.</param>
    /// <returns>False where the text is no number, or one that is not finite.</returns>
    public static bool TryParse(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && !double.IsNaN(number) && !double.IsInfinity(number);
}
