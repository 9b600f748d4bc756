"""Prints the split that SplitterTests expects, from an independent reading of the algorithms. Run: /usr/bin/python3 split_witness.py"""
MASK = (1 << 64) - 1
GOLDEN, SALT = 0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93


def mix(z):
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & MASK
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB & MASK
    return z ^ (z >> 31)


def rotl(x, k):
    return (x << k | x >> (64 - k)) & MASK


class Xoshiro256StarStar:
    def __init__(self, seed):
        self.s = [mix((seed + (i + 1) * GOLDEN) & MASK) for i in range(4)]

    def next(self):
        s = self.s
        result = rotl(s[1] * 5 & MASK, 7) * 9 & MASK
        t = s[1] << 17 & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotl(s[3], 45)
        return result

    def below(self, bound):
        while True:
            product = self.next() * bound
            if product & MASK >= (1 << 64) % bound:
                return product >> 64


def fork(seed, stream):
    return Xoshiro256StarStar(mix((mix(seed ^ SALT) + stream * GOLDEN) & MASK))


validation, test = [], []
for label in range(2):
    rows = [row for row in range(12) if row % 2 == label]
    random = fork(42, label)
    for last in range(len(rows) - 1, 0, -1):
        other = random.below(last + 1)
        rows[last], rows[other] = rows[other], rows[last]
    test += rows[:1]  # 6 rows at 0.2 round to 1
    validation += rows[1:2]
print("validation", sorted(validation), "test", sorted(test))
