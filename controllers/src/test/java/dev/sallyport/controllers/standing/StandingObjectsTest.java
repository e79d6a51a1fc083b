package dev.sallyport.controllers.standing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.controllers.FakeObjects;
import dev.sallyport.controllers.Later;
import dev.sallyport.controllers.ObjectClient.ResourceId;
import dev.sallyport.controllers.standing.LocalApiServices.Served;
import dev.sallyport.controllers.standing.StandingObjects.Standing;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandingObjectsTest {

  private final FakeObjects objects = new FakeObjects();

  private void start(List<Standing> standing) {
    new StandingObjects(objects, standing, Runnable::run, new Later()).start();
  }

  @Test
  void makesWhatIsMissingAndLeavesTheRest() {
    objects.put(
        new ResourceId("scheduling.k8s.io", "priorityclasses"),
        "",
        FakeObjects.json("{'metadata':{'name':'system-node-critical'},'value':1}"));
    start(SystemPriorities.objects());
    assertEquals(List.of("create priorityclasses system-cluster-critical"), objects.writes);
    start(SystemPriorities.objects());
    assertEquals(1, objects.writes.size());
  }

  @Test
  void apiServicesAreListedForWhatIsServed() {
    List<Standing> services =
        LocalApiServices.objects(
            List.of(
                new Served("", "v1"),
                new Served("apiregistration.k8s.io", "v1"),
                new Served("autoscaling", "v2"),
                new Served("example.com", "v1alpha1")));
    assertEquals(
        List.of("v1.", "v2.autoscaling", "v1alpha1.example.com"),
        services.stream().map(Standing::name).toList());
    JsonNode autoscaling = services.get(1).object().path("spec");
    assertEquals(17_500, autoscaling.path("groupPriorityMinimum").asInt());
    assertEquals(30, autoscaling.path("versionPriority").asInt());
  }
}
