using Trainyard.Learning.Features.Encodings;

namespace Trainyard.Learning.Onnx;

/// <summary>Takes points in time apart, in seconds since 1970-01-01 UTC; NaN stays NaN.</summary>
/// <remarks>
/// Years, months and days of the proleptic Gregorian calendar by whole-number arithmetic from the day's number: Fliegel
/// and Van Flandern, A machine algorithm for processing calendar dates, Communications of the ACM 11, 1968, with the year
/// beginning in March. Doubles hold these whole numbers exactly.
/// </remarks>
/// <param name="graph">Where operators go.</param>
/// <param name="seconds">The input.</param>
internal sealed class DateGraph(GraphWriter graph, string seconds)
{
    private const double SecondsPerDay = 86_400;

    /// <summary>Days from 0000-03-01 to 1970-01-01.</summary>
    private const double EpochDay = 719_468;

    private const double DaysPerEra = 146_097;

    private readonly string days = Floor(graph, graph.Add("Div", [seconds, graph.Scalar(SecondsPerDay)]));
    private string? eraOrNull;
    private string? yearOfEraOrNull;
    private string? dayOfYearOrNull;
    private string? monthFromMarchOrNull;

    /// <summary>The 400-year era.</summary>
    private string Era => eraOrNull ??= Floor(graph, Divide(Add(days, EpochDay), DaysPerEra));

    /// <summary>0 to 399.</summary>
    private string YearOfEra => yearOfEraOrNull ??= FindYearOfEra();

    /// <summary>0 (March 1st) to 365.</summary>
    private string DayOfYear => dayOfYearOrNull ??= graph.Add("Sub", [DayOfEra(), DaysBefore(YearOfEra)]);

    /// <summary>0 (March) to 11 (February).</summary>
    private string MonthFromMarch => monthFromMarchOrNull ??= Floor(graph, Divide(Add(Times(DayOfYear, 5), 2), 153));

    /// <summary>One part, as <see cref="DatePartEncoding.ValueOf"/> has it.</summary>
    public string Write(DatePart part) => part switch
    {
        DatePart.Days => days,
        DatePart.Year => Year(),
        DatePart.Month => Month(),
        DatePart.DayOfMonth => DayOfMonth(),
        DatePart.DayOfWeek => Add(Remainder(Add(days, 3), 7), 1),
        _ => Divide(Floor(graph, Divide(graph.Add("Sub", [seconds, Times(days, SecondsPerDay)]), 60)), 60),
    };

    private string Year()
    {
        string year = graph.Add("Add", [YearOfEra, Times(Era, 400)]);
        return graph.Add("Add", [year, graph.ToDouble(graph.Add("Less", [Month(), graph.Scalar(3)]))]);
    }

    private string Month()
    {
        string month = MonthFromMarch;
        return graph.Add("Where", [graph.Add("Less", [month, graph.Scalar(10)]), Add(month, 3), Add(month, -9)]);
    }

    /// <summary>Months from March on have 31 and 30 days as the line 30.6 does.</summary>
    private string DayOfMonth()
    {
        string before = Floor(graph, Divide(Add(Times(MonthFromMarch, 153), 2), 5));
        return Add(graph.Add("Sub", [DayOfYear, before]), 1);
    }

    private string DayOfEra() => graph.Add("Sub", [Add(days, EpochDay), Times(Era, DaysPerEra)]);

    private string FindYearOfEra()
    {
        string day = DayOfEra();
        string leap = graph.Add("Sub", [Floor(graph, Divide(day, 36_524)), graph.Add("Add", [Floor(graph, Divide(day, 1460)), Floor(graph, Divide(day, 146_096))])]);
        return Floor(graph, Divide(graph.Add("Add", [day, leap]), 365));
    }

    /// <summary>Days of an era before one of its years.</summary>
    private string DaysBefore(string year) => graph.Add(
        "Sub", [graph.Add("Add", [Times(year, 365), Floor(graph, Divide(year, 4))]), Floor(graph, Divide(year, 100))]);

    private string Add(string value, double number) => graph.Add("Add", [value, graph.Scalar(number)]);

    private string Times(string value, double number) => graph.Add("Mul", [value, graph.Scalar(number)]);

    private string Divide(string value, double number) => graph.Add("Div", [value, graph.Scalar(number)]);

    private string Remainder(string value, double number) =>
        graph.Add("Sub", [value, Times(Floor(graph, Divide(value, number)), number)]);

    private static string Floor(GraphWriter graph, string value) => graph.Add("Floor", [value]);
}
