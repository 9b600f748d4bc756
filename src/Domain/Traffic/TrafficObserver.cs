using Trainyard.Domain.Registry.Traffic;
using Trainyard.Domain.Serving;
using Trainyard.Domain.Traffic.Counting;
using Trainyard.Domain.Traffic.Exposures;
using Trainyard.Domain.Traffic.Shadows;

namespace Trainyard.Domain.Traffic;

/// <summary>Counts what versions do while traffic is compared, and lets shadows see requests. Thread safe.</summary>
/// <param name="book">Where it is counted.</param>
/// <param name="shadows">Where shadows answer.</param>
/// <param name="exposures">Where it is noted who was exposed to an A/B test.</param>
/// <param name="time">Makes the choice of requests differ from one start to the next.</param>
public sealed class TrafficObserver(TallyBook book, ShadowQueue shadows, ExposureBook exposures, TimeProvider time) : CallObserver
{
    private ulong random = (ulong)time.GetTimestamp();

    internal override void Observe(in ObservedCall call)
    {
        string model = call.Plan.Primary.Model.Version.ModelName;
        book.Find(new TallyKey(call.Tenant, model, call.Plan.Deployment, call.Version.Sequence, IsShadow: false))?.Add(call);
        if (call.Plan.IsTest)
        {
            // Failed or not: who was to get a version belongs to it.
            exposures.Add(new ExposureKey(call.Tenant, model, call.Plan.Deployment), call.Id.Unit);
        }

        if (call.HasFailed)
        {
            return;
        }

        foreach (ServedShadow shadow in call.Plan.Shadows)
        {
            if (TrafficPoint.Of(RandomBits.Next(ref random)) < shadow.Points)
            {
                TallyKey key = new(call.Tenant, model, call.Plan.Deployment, shadow.Model.Version.Sequence, IsShadow: true);
                shadows.Offer(key, shadow.Model, call.Face, call.Body, call.Outputs);
            }
        }
    }
}
