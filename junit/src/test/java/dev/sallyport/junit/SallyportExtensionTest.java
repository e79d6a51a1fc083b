package dev.sallyport.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

@SallyportTest
final class SallyportExtensionTest {
  private static final Set<Integer> PORTS = ConcurrentHashMap.newKeySet();

  private final Sallyport ofTheConstructor;

  SallyportExtensionTest(Sallyport sallyport) {
    ofTheConstructor = sallyport;
  }

  @BeforeAll
  static void remember(Sallyport sallyport) {
    PORTS.add(sallyport.port());
  }

  @Test
  void usersAreWhatTheirAnnotationSays(
      @User(name = "ann", groups = "dev", clusterRoles = "view") Credentials ann, Credentials admin)
      throws Exception {
    assertEquals(200, new Asking(ann).status("/api/v1/pods"));
    assertEquals(403, new Asking(ann).status("/api/v1/nodes"));
    assertEquals(200, new Asking(admin).status("/api/v1/nodes"));
  }

  @Test
  void theClassHasOneServer(Sallyport sallyport) {
    assertSame(ofTheConstructor, sallyport);
    assertEquals(Set.of(sallyport.port()), PORTS);
  }

  @Nested
  final class Inner {
    @Test
    void sharesTheServer(Sallyport sallyport) {
      assertSame(ofTheConstructor, sallyport);
    }
  }

  @Nested
  @SallyportTest(flags = "--authorization-mode=AlwaysAllow")
  final class InnerWithItsOwn {
    @Test
    void hasAnother(Sallyport sallyport, @User(name = "eve") Credentials eve) throws Exception {
      assertNotSame(ofTheConstructor, sallyport);
      assertEquals(200, new Asking(eve).status("/api/v1/nodes"));
    }
  }

  @Nested
  @SallyportTest(perMethod = true)
  final class Fresh {
    private final Sallyport own;
    private final Set<Integer> seen = new HashSet<>();

    Fresh(Sallyport sallyport) {
      own = sallyport;
    }

    @BeforeEach
    void see(Sallyport sallyport) {
      seen.add(sallyport.port());
    }

    @Test
    void one(Sallyport sallyport) {
      assertSame(own, sallyport);
      assertEquals(Set.of(sallyport.port()), seen);
      assertTrue(PORTS.add(sallyport.port()), "had one of its own");
    }

    @Test
    void two(Sallyport sallyport) {
      one(sallyport);
    }
  }

  /** Run by the tests below, not by itself. */
  static class Subjects {
    static final Set<Sallyport> SERVERS = ConcurrentHashMap.newKeySet();

    @SallyportTest
    static class One {
      @Test
      void test(Sallyport sallyport) {
        SERVERS.add(sallyport);
      }
    }

    @SallyportTest
    static class Other {
      @Test
      void test(Sallyport sallyport) {
        SERVERS.add(sallyport);
      }
    }

    @SallyportTest(flags = "--no-such-flag")
    static class Wrong {
      @Test
      void test(Sallyport sallyport) {
        SERVERS.add(sallyport);
      }
    }
  }

  private static Events run(Class<?>... classes) {
    EngineTestKit.Builder kit =
        EngineTestKit.engine("junit-jupiter")
            .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
            .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent");
    for (Class<?> each : classes) {
      kit.selectors(selectClass(each));
    }
    return kit.execute().testEvents();
  }

  @Test
  void parallelClassesHaveServersOfTheirOwnWhichEndWithThem() throws Exception {
    Subjects.SERVERS.clear();
    run(Subjects.One.class, Subjects.Other.class).assertStatistics(all -> all.succeeded(2));
    assertEquals(2, Subjects.SERVERS.size());
    for (Sallyport ended : Subjects.SERVERS) {
      IllegalStateException gone =
          assertThrows(IllegalStateException.class, () -> ended.user("ann"));
      assertEquals("this server is closed", gone.getMessage());
    }
  }

  @Test
  void aWrongFlagFailsTheTest() {
    run(Subjects.Wrong.class).assertStatistics(all -> all.failed(1));
  }
}
