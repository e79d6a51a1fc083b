package dev.sallyport.controllers.standing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
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
  void rangesOfServicesAreShown() {
    start(List.of(DefaultServiceCidr.of(List.of("10.0.0.0/24", "fd00::/112"))));
    assertEquals(
        "[\"10.0.0.0/24\",\"fd00::/112\"]",
        objects
            .read(new ResourceId("networking.k8s.io", "servicecidrs"), "", "kubernetes")
            .path("spec")
            .path("cidrs")
            .toString());
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

  private static final ResourceId DEFINITIONS =
      new ResourceId("apiextensions.k8s.io", "customresourcedefinitions");

  private static ObjectNode definition(String plural, String versions) {
    return FakeObjects.json(
        "{'metadata':{'name':'%s.example.com'},'spec':{'group':'example.com','versions':[%s]}}"
            .formatted(plural, versions));
  }

  private static final String V1 = "{'name':'v1','served':true}";
  private static final String V2_UNSERVED = "{'name':'v2','served':false}";

  @Test
  void apiServiceComesAndGoesWithTheLastDefinitionOfItsVersion() {
    new CustomApiServices(objects, Runnable::run, new Later()).start();
    Answer<ObjectNode> first =
        objects.create(DEFINITIONS, "", definition("things", V1 + "," + V2_UNSERVED));
    Answer<ObjectNode> second = objects.create(DEFINITIONS, "", definition("others", V1));
    assertEquals(true, first instanceof Answer.Now && second instanceof Answer.Now);
    assertEquals(
        List.of(
            "create customresourcedefinitions things.example.com",
            "create apiservices v1.example.com",
            "create customresourcedefinitions others.example.com"),
        objects.writes);
    objects.writes.clear();
    assertEquals(Answer.now(true), objects.delete(DEFINITIONS, "", "things.example.com", ""));
    assertEquals(List.of("delete customresourcedefinitions things.example.com"), objects.writes);
    assertEquals(Answer.now(true), objects.delete(DEFINITIONS, "", "others.example.com", ""));
    assertEquals("delete apiservices v1.example.com", objects.writes.get(2));
  }

  @Test
  void apiServiceOfAnotherServerIsLeftAlone() {
    ResourceId services = new ResourceId("apiregistration.k8s.io", "apiservices");
    objects.put(
        services,
        "",
        FakeObjects.json("{'metadata':{'name':'v1.example.com'},'spec':{'service':{'name':'x'}}}"));
    new CustomApiServices(objects, Runnable::run, new Later()).start();
    Answer<ObjectNode> made = objects.create(DEFINITIONS, "", definition("things", V1));
    assertEquals(true, made instanceof Answer.Now);
    assertEquals(Answer.now(true), objects.delete(DEFINITIONS, "", "things.example.com", ""));
    assertEquals(2, objects.writes.size());
  }
}
