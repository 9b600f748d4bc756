using System.Globalization;
using System.Text.Json.Nodes;
using Trainyard.Functions.Tests.Description;
using Xunit.Abstractions;

namespace Trainyard.Functions.Tests.Garbage;

/// <summary>Bodies that are almost right, sent to a host where all that they name is there, so that they get as far as they can.</summary>
public sealed class MutatedBodyTests(DescribedWorld world, ITestOutputHelper output) : IClassFixture<DescribedWorld>
{
    [Fact]
    public async Task EveryPartOfEveryExample_Replaced_IsServedOrRefusedAsDescribed()
    {
        SortedDictionary<int, int> statuses = [];
        foreach (DescribedOperation operation in world.Operations.OrderBy(operation => operation.Method == "DELETE"))
        {
            foreach ((string mediaType, _, JsonNode example) in operation.Bodies().Where(body => body.MediaType == "application/json"))
            {
                foreach (string body in MutatedBodies.Of(example))
                {
                    using HttpResponseMessage response = await world.SendAsync(operation, mediaType, body);
                    int status = (int)response.StatusCode;
                    statuses[status] = statuses.GetValueOrDefault(status) + 1;
                    string text = await response.Content.ReadAsStringAsync();
                    Assert.True(status < 500, $"{operation.Id} {body}: {status} {text}");
                    if (!response.IsSuccessStatusCode)
                    {
                        string code = (string)JsonNode.Parse(text)!["code"]!;
                        Assert.True(
                            operation.Codes(world.Document, status.ToString(CultureInfo.InvariantCulture))?.Contains(code) == true,
                            $"{operation.Id} refuses with {status} {code}, which its description does not say: {body} {text}");
                    }
                }
            }
        }

        output.WriteLine(string.Join(", ", statuses.Select(status => $"{status.Value} × {status.Key}")));
        Assert.True(statuses.Values.Sum() > 5000, "Fewer bodies than expected.");
        Assert.True(statuses.GetValueOrDefault(200) > 50, "Hardly any body got through, so that what is behind the door was not tried.");
    }
}
