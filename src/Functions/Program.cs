using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Trainyard.Functions.Configuration;
using Trainyard.Functions.Storage;

FunctionsApplicationBuilder builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.AddAzureStorage(builder.Configuration);
builder.Services.AddTrainyard(builder.Configuration);
builder.UseTrainyard();
await builder.Build().RunAsync();
