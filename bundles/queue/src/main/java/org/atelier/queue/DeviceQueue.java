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
 * The jobs that wait for one device, in the order in which they will run: first the jobs that were interrupted when the
 * process ended, then one job of each client in turn, each client's jobs in the order of submission. The client whose last
 * job started the longest time ago is first.
 */
record DeviceQueue(List<JobRecord> inOrder) {

    private static final Comparator<JobRecord> BY_NUMBER =
            Comparator.comparingLong(record -> record.submission().number());

    /** The waiting jobs of one client. */
    private record Client(Instant lastTurn, List<JobRecord> waiting) {

        static Client of(List<JobRecord> all) {
            Instant lastTurn = all.stream()
                    .map(record -> record.status().started())
                    .filter(started -> started != null)
                    .max(Comparator.naturalOrder())
                    .orElse(Instant.MIN);
            List<JobRecord> waiting = all.stream()
                    .filter(record -> record.isQueued() && !record.status().interrupted())
                    .sorted(BY_NUMBER)
                    .toList();
            return new Client(lastTurn, waiting);
        }

        long firstNumber() {
            return waiting.get(0).submission().number();
        }
    }

    /** @param all all jobs of the device, whatever their state */
    static DeviceQueue of(Collection<JobRecord> all) {
        List<JobRecord> order = new ArrayList<>(all.stream()
                .filter(record -> record.isQueued() && record.status().interrupted())
                .sorted(BY_NUMBER)
                .toList());
        Map<String, List<JobRecord>> byClient = all.stream()
                .collect(Collectors.groupingBy(
                        record -> record.submission().client(), TreeMap::new, Collectors.toList()));
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

    /** How many jobs come before this one. */
    int ahead(JobRecord record) {
        return inOrder.indexOf(record);
    }
}
