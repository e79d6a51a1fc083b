package dev.sallyport.resources.custom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.catalogue.BuiltInCatalogue;
import dev.sallyport.resources.codec.BuiltInCodec;
import dev.sallyport.resources.schema.BuiltInSchemas;
import dev.sallyport.store.Key;
import dev.sallyport.store.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a definition costs in memory: its stored bytes, its resource and its compiled schema. */
final class DefinitionMemoryTest {

  private static final int DEFINITIONS = 500;
  private static final int PROPERTIES = 30;
  private static final long LIMIT = 300 * 1024;

  private final BuiltInCodec codec = new BuiltInCodec(new BuiltInSchemas());
  private final BuiltInCatalogue catalogue = new BuiltInCatalogue();
  private final DefinitionTable table =
      new DefinitionTable(
          catalogue,
          codec,
          (webhook, desired, objects) -> Answer.failed(new IllegalStateException("no webhook")));
  private final ResourceDefinition definitions =
      Objects.requireNonNull(
          catalogue.find("apiextensions.k8s.io", "v1", "customresourcedefinitions"));

  @Test
  void usedDefinitionStaysBelowItsLimit() {
    define(DEFINITIONS); // loads the classes
    use(DEFINITIONS);
    long before = retained();
    for (int i = 0; i < DEFINITIONS; i++) {
      define(i);
    }
    table.serve();
    for (int i = 0; i < DEFINITIONS; i++) {
      use(i);
    }
    long each = (retained() - before) / DEFINITIONS;
    System.out.println("Memory of one definition in use: " + each / 1024 + " KiB");
    assertTrue(each < LIMIT, each + " bytes");
    assertEquals(DEFINITIONS + 1, table.definitions().size());
  }

  private void define(int number) {
    StringBuilder properties = new StringBuilder();
    for (int i = 0; i < PROPERTIES; i++) {
      properties.append(i == 0 ? "" : ",");
      properties.append("'field%d':{'type':'string','description':'What it says.',".formatted(i));
      properties.append("'maxLength':%d,'default':'x'}".formatted(i + 10));
    }
    String json =
        """
        {'kind':'CustomResourceDefinition','apiVersion':'apiextensions.k8s.io/v1',
         'metadata':{'name':'kind%1$ds.x.example','uid':'u%1$d'},
         'spec':{'group':'x.example','scope':'Namespaced','names':{'plural':'kind%1$ds',
           'kind':'Kind%1$d','listKind':'Kind%1$dList','singular':'kind%1$d'},
           'versions':[{'name':'v1','served':true,'storage':true,'schema':{'openAPIV3Schema':{
             'type':'object','properties':{'spec':{'type':'object','properties':{%2$s}}}}}}],
           'conversion':{'strategy':'None'}},
         'status':{'acceptedNames':{'plural':'kind%1$ds','kind':'Kind%1$d',
             'listKind':'Kind%1$dList','singular':'kind%1$d'},
           'conditions':[{'type':'Established','status':'True'}],'storedVersions':['v1']}}"""
            .formatted(number, properties)
            .replace('\'', '"');
    ObjectNode tree = codec.read(json.getBytes(StandardCharsets.UTF_8));
    Key key = new Key(definitions.collection(), "", "kind" + number + "s.x.example");
    table.put(StoredObject.of(key, number + 1, codec.draft(definitions, tree)));
  }

  /** Has an object pruned and completed, as its first request does. */
  private void use(int number) {
    var kind = table.find(new GroupVersionKind("x.example", "v1", "Kind" + number));
    assertNotNull(kind);
    ObjectNode object = codec.read("{\"spec\":{}}".getBytes(StandardCharsets.UTF_8));
    kind.prune(object);
    ((CustomVersion) kind).schema().applyDefaults(object);
    assertEquals(PROPERTIES, object.path("spec").size());
    assertNotNull(kind.fields());
  }

  private static long retained() {
    Runtime runtime = Runtime.getRuntime();
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
    }
    return used;
  }
}
