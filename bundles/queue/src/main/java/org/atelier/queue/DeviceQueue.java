package org.atelier.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Those that wait for one device, in the order in which they are generated if nobody comes or goes: first what was being generated
 * when the process ended, then the clients in turn, each with its own in the order of their submission. Whose last turn is
 * longest ago comes next.
 */
record DeviceQueue(List<JobRecord> inOrder) {

    private static final Comparator<JobRecord> BY_NUMBER =
            Comparator.comparingLong(commission -> commission.order().number());

    /** One client's part in it. */
    private record Client(Instant lastTurn, List<JobRecord> waiting) {

        static Client of(List<JobRecord> all) {
            Instant lastTurn = all.stream()
                    .map(commission -> commission.course().started())
                    .filter(started -> started != null)
                    .max(Comparator.naturalOrder())
                    .orElse(Instant.MIN);
            List<JobRecord> waiting = all.stream()
                    .filter(commission ->
                            commission.isQueued() && !commission.course().first())
                    .sorted(BY_NUMBER)
                    .toList();
            return new Client(lastTurn, waiting);
        }

        long firstNumber() {
            return waiting.get(0).order().number();
        }
    }

    /** @param all that the device generates, generated, or is to generate */
    static DeviceQueue of(Collection<JobRecord> all) {
        List<JobRecord> order = new ArrayList<>(all.stream()
                .filter(commission ->
                        commission.isQueued() && commission.course().first())
                .sorted(BY_NUMBER)
                .toList());
        Map<String, List<JobRecord>> byClient = all.stream()
                .collect(Collectors.groupingBy(
                        commission -> commission.order().client(), TreeMap::new, Collectors.toList()));
        List<Client> clients = byClient.values().stream()
                .map(Client::of)
                .filter(client -> !client.waiting().isEmpty())
                .sorted(Comparator.comparing(Client::lastTurn).thenComparing(Client::firstNumber))
                .toList();
        int rounds = clients.stream()
                .mapToInt(client -> client.waiting().size())
                .max()
                .orElse(0);
        for (int round = 0; round < rounds; round++) {
            for (Client client : clients) {
                if (round < client.waiting().size()) {
                    order.add(client.waiting().get(round));
                }
            }
        }
        return new DeviceQueue(List.copyOf(order));
    }

    /** How many come before it. */
    int ahead(JobRecord commission) {
        return inOrder.indexOf(commission);
    }
}
