using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Trainyard.Functions.Configuration;
using Trainyard.Functions.Storage;
using Trainyard.MLNet;

MLNetEngine.Register();
FunctionsApplicationBuilder builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.AddAzureStorage(builder.Configuration);
builder.Services.AddTrainyard(builder.Configuration);
if (TelemetrySettings.ReadInsights(builder.Configuration) is not null)
{
    // Tells the Functions host that this process sends its logs itself, and the worker's spans with them.
    builder.Services.ConfigureFunctionsApplicationInsights();
}

builder.UseTrainyard();
await builder.Build().RunAsync();
