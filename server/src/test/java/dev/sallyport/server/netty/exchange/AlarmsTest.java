package dev.sallyport.server.netty.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.server.http.Alarm;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AlarmsTest {

  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final EventLoop loop = loops.next();

  @AfterEach
  void stop() throws Exception {
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).get(10, TimeUnit.SECONDS);
  }

  private static long in(long millis) {
    return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
  }

  @Test
  void goesOffOnTheLoopAndNotBefore() throws Exception {
    long at = in(150);
    CompletableFuture<Long> rung = new CompletableFuture<>();
    AtomicBoolean inside = new AtomicBoolean();
    Alarm unused =
        Alarms.set(
            loop,
            at,
            () -> {
              inside.set(loop.inEventLoop());
              rung.complete(System.nanoTime());
            });
    assertTrue(rung.get(20, TimeUnit.SECONDS) - at >= 0);
    assertTrue(inside.get());
  }

  @Test
  void whatIsCalledOffStaysSilent() throws Exception {
    List<Integer> rung = new CopyOnWriteArrayList<>();
    CountDownLatch last = new CountDownLatch(1);
    loop.submit(
            () -> {
              List<Alarm> alarms = new ArrayList<>();
              for (int i = 0; i < 9; i++) {
                int number = i;
                alarms.add(Alarms.set(loop, in(1), () -> rung.add(number)));
              }
              for (int i : new int[] {0, 8, 4, 3, 4}) {
                alarms.get(i).cancel();
              }
            })
        .get(20, TimeUnit.SECONDS);
    Alarm unused = Alarms.set(loop, in(300), last::countDown);
    assertTrue(last.await(20, TimeUnit.SECONDS));
    assertEquals(List.of(1, 2, 5, 6, 7), rung.stream().sorted().toList());
  }

  @Test
  void oneThatRingsMayCallOffAnotherAndSetMore() throws Exception {
    AtomicBoolean second = new AtomicBoolean();
    CountDownLatch third = new CountDownLatch(1);
    loop.submit(
            () -> {
              List<Alarm> later = new ArrayList<>();
              // The newest rings last: those that are due together ring in the order they were set.
              Alarm unused =
                  Alarms.set(
                      loop,
                      in(1),
                      () -> {
                        later.get(0).cancel();
                        Alarm more = Alarms.set(loop, in(1), third::countDown);
                        later.add(more);
                      });
              later.add(Alarms.set(loop, in(1), () -> second.set(true)));
            })
        .get(20, TimeUnit.SECONDS);
    assertTrue(third.await(20, TimeUnit.SECONDS));
    assertFalse(second.get());
  }
}
