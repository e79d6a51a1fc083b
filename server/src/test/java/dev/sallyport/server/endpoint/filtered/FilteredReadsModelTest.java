package dev.sallyport.server.endpoint.filtered;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.UserInfo;
import dev.sallyport.server.endpoint.filtered.ModelGateway.Bound;
import dev.sallyport.server.endpoint.filtered.ModelGateway.Rights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What informers rely on, before a cluster: random writes, bindings that the gateway hears of late,
 * old lists, pages, answers in pieces, cut connections, compaction, other groups of the same user,
 * in random order. Nobody is told an object that is out of sight by what the gateway knows; and
 * when it knows all and all is quiet, each copy holds what its user may see, and nothing else.
 */
final class FilteredReadsModelTest {

  private static final String[] NAMESPACES = {"a", "b", "c", "d"};
  private static final String[] NAMES = {"x", "y", "z"};
  private static final int STEPS = 150;

  private final Map<String, Bound> bindings = new TreeMap<>();
  private Random random = new Random();
  private ModelCluster cluster = new ModelCluster(random);
  private ModelGateway gateway = new ModelGateway(cluster);
  private int values;

  @ParameterizedTest
  @ValueSource(longs = {1, 10_000, 20_000, 30_000})
  void everyCopyEndsAsWhatItsUserMaySee(long first) {
    long seeds = Long.getLong("sallyport.seeds", 100);
    for (long seed = first; seed < first + seeds; seed++) {
      bindings.clear();
      random = new Random(seed);
      cluster = new ModelCluster(random);
      gateway = new ModelGateway(cluster);
      try {
        play();
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }

  private void play() {
    List<ModelInformer> informers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      UserInfo user = user(i == 2 || random.nextBoolean());
      informers.add(new ModelInformer(cluster, gateway, random, "agent-" + i, user));
    }
    for (int step = 0; step < STEPS; step++) {
      step(informers);
      informers.forEach(ModelInformer::take);
    }
    gateway.learn(Integer.MAX_VALUE);
    for (ModelInformer informer : informers) {
      settle(informer);
      check(informer);
    }
  }

  private static UserInfo user(boolean first) {
    return UserInfo.of("u", first ? "g" : "h");
  }

  private void step(List<ModelInformer> informers) {
    ModelInformer informer = informers.get(random.nextInt(informers.size()));
    switch (random.nextInt(16)) {
      case 0, 1 -> write();
      case 2, 3 -> bind();
      case 4 -> gateway.learn(1 + random.nextInt(2));
      case 5 -> {
        if (random.nextInt(3) == 0) {
          informer.cut();
        }
      }
      case 6 -> {
        if (random.nextInt(8) == 0) {
          informer.cut();
          informer.user(user(random.nextBoolean()));
        }
      }
      case 7 -> {
        if (random.nextInt(8) == 0) {
          cluster.compact();
        }
      }
      case 8, 9, 10 -> informer.go();
      default -> cluster.speak();
    }
  }

  private void write() {
    String key =
        NAMESPACES[random.nextInt(NAMESPACES.length)] + "/" + NAMES[random.nextInt(NAMES.length)];
    if (cluster.objects().containsKey(key) && random.nextInt(3) == 0) {
      cluster.remove(key);
    } else {
      cluster.put(key, "v" + values++);
    }
  }

  private void bind() {
    boolean wide = random.nextInt(10) == 0;
    String namespace = wide ? "" : NAMESPACES[random.nextInt(NAMESPACES.length)];
    String subject = new String[] {"u", "g", "h"}[random.nextInt(3)];
    String name = "b-" + namespace + "-" + subject;
    Bound before = bindings.remove(name);
    if (before != null) {
      gateway.unbind(name, before);
      return;
    }
    Rights rights = random.nextInt(3) > 0 ? Rights.ALL : Rights.values()[random.nextInt(3)];
    Bound bound = new Bound(namespace, subject, rights.name());
    bindings.put(name, bound);
    gateway.bind(name, bound);
  }

  /** Connects until nothing more comes. A watch that was allowed goes on as allowed: it is cut. */
  private void settle(ModelInformer informer) {
    if (random.nextBoolean() || !gateway.letsAll(informer.user(), "watch")) {
      informer.cut();
    }
    for (int i = 0; i < 400; i++) {
      informer.go();
      cluster.speak();
      informer.take();
    }
    assertTrue(informer.watching() || informer.forbidden() || informer.blind(), "it never settles");
  }

  private void check(ModelInformer informer) {
    if (informer.forbidden() || informer.blind()) {
      return;
    }
    UserInfo user = informer.user();
    boolean streamed = !gateway.letsAll(user, "list");
    Map<String, String> expected = new TreeMap<>();
    cluster
        .objects()
        .forEach(
            (key, kept) -> {
              String[] parts = key.split("/", -1);
              if (gateway.lets(user, "list", parts[0], parts[1])
                  && (streamed || gateway.letsAll(user, "watch"))) {
                expected.put(key, kept.value());
              }
            });
    assertEquals(expected, informer.cache());
  }
}
